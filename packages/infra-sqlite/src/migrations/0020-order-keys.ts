import { KeyFilter, keyHash } from "../key-filter.ts";
import type { SqliteMigration } from "../migrations.ts";
import type { SqlDatabase } from "../sql-database.ts";

const keysInRun = 40_000;

/**
 * Keys of orders stand in runs, of which all but the newest one have a filter, rather than in one index. Programs that do not know it would add
 * orders without their keys.
 */
export const orderKeys: SqliteMigration = { version: 20, name: "order-keys", kind: "replace", run };

function run(db: SqlDatabase): void {
  db.exec(`
CREATE TABLE order_keys (
  run INTEGER NOT NULL,
  claim_key TEXT NOT NULL,
  order_id TEXT NOT NULL,
  PRIMARY KEY (run, claim_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE key_runs (
  run INTEGER PRIMARY KEY,
  filter BLOB
) STRICT;
`);
  const page = db.prepare(
    `SELECT claim_key, id FROM orders INDEXED BY orders_claim WHERE claim_key > ? ORDER BY claim_key LIMIT ${keysInRun}`,
  );
  const addKey = db.prepare("INSERT INTO order_keys (run, claim_key, order_id) VALUES (?, ?, ?)");
  const addRun = db.prepare("INSERT INTO key_runs (run, filter) VALUES (?, ?)");
  let runs = 0;
  for (let keys = page.all(""); keys.length > 0; keys = page.all(String(keys.at(-1)?.["claim_key"]))) {
    runs += 1;
    const filter = KeyFilter.for(keys.length);
    for (const { claim_key, id } of keys) {
      filter.add(keyHash(String(claim_key)));
      addKey.run(runs, String(claim_key), String(id));
    }
    addRun.run(runs, filter.bytes);
  }
  addRun.run(runs + 1, null);
  db.exec("DROP INDEX orders_claim");
}
