import type { DatabaseSync } from "node:sqlite";
import type { ApiKeys } from "@holdfast/engine";
import { bodyOf } from "./rows.ts";
import { expectEnded, read } from "./sqlite-outages.ts";
import { inTransaction } from "./transaction.ts";

/** API keys. A key that another process makes between the two reads of `live` is told of next time, and closes the door now. */
export function sqliteApiKeys(db: DatabaseSync): ApiKeys {
  const liveKeys = db.prepare("SELECT body FROM api_keys WHERE revoked_at IS NULL");
  const anyKey = db.prepare("SELECT 1 FROM api_keys LIMIT 1");
  const keysBefore = db.prepare("SELECT body FROM api_keys WHERE id < ? ORDER BY id DESC LIMIT ?");
  const keyById = db.prepare("SELECT body FROM api_keys WHERE id = ?");
  const insertKey = db.prepare("INSERT INTO api_keys (id, body) VALUES (?, ?)");
  const revokeKey = db.prepare(
    `UPDATE api_keys SET revoked_at = ?1, body = json_set(body, '$.revokedAt', ?1)
      WHERE id = ?2 AND revoked_at IS NULL`,
  );
  const write = (step: () => unknown) =>
    expectEnded(
      inTransaction(db, () => {
        step();
        return true;
      }),
    );
  return {
    live: async () =>
      read(db, () => ({
        keys: liveKeys.all().map((row) => bodyOf("apiKey", row)),
        everMade: anyKey.get() !== undefined,
      })),
    list: async ({ limit, after }) =>
      read(db, () => keysBefore.all(after ?? afterEveryId, limit).map((row) => bodyOf("apiKey", row))),
    create: async (record) => write(() => insertKey.run(record.id, JSON.stringify(record))),
    revoke: async (id, at) => {
      write(() => revokeKey.run(at, id));
      const row = read(db, () => keyById.get(id));
      return row && bodyOf("apiKey", row);
    },
  };
}

const afterEveryId = "~";
