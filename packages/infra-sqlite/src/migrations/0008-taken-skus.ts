import { foldedSku, type Sku } from "@holdfast/domain";
import type { SqliteMigration } from "../migrations.ts";
import type { SqlDatabase } from "../sql-database.ts";

const skusAtATime = 5_000;

/**
 * Each SKU is taken in whatever case. Where two products differ by case alone, which was allowed, both stay, and the first one in order
 * of SKU takes it. Programs that do not know the table create products without it: nothing but this guard is lost.
 */
export const takenSkus: SqliteMigration = { version: 8, name: "taken-skus", kind: "expand", run };

function run(db: SqlDatabase): void {
  db.exec("CREATE TABLE taken_skus (folded TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID");
  const next = db.prepare(`SELECT sku FROM products WHERE sku > ? ORDER BY sku LIMIT ${skusAtATime}`);
  const take = db.prepare("INSERT INTO taken_skus (folded, body) VALUES (?, ?) ON CONFLICT DO NOTHING");
  for (let last: Sku | undefined = "" as Sku; last !== undefined; ) {
    const skus: Sku[] = next.all(last).map((row) => row["sku"] as Sku);
    for (const sku of skus) {
      const folded = foldedSku(sku);
      take.run(folded, JSON.stringify({ folded, sku }));
    }
    last = skus.at(-1);
  }
}
