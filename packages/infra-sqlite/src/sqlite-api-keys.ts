import type { DatabaseSync } from "node:sqlite";
import type { ApiKeyRecord, ApiKeys } from "@holdfast/engine";
import { bodyOf } from "./rows.ts";
import { expectSettled, read } from "./sqlite-outages.ts";
import type { Writer } from "./writer.ts";

/**
 * API keys. They are read here and written where batches are, so that nothing waits for another process's lock but those
 * who make and revoke keys. A key that another process makes between the two reads of `live` closes the door now, and
 * opens it at the next read.
 */
export function sqliteApiKeys(db: DatabaseSync, writer: Pick<Writer, "writeKey">): ApiKeys {
  const liveKeys = db.prepare("SELECT body FROM api_keys WHERE revoked_at IS NULL");
  const anyKey = db.prepare("SELECT 1 FROM api_keys LIMIT 1");
  const keysBefore = db.prepare("SELECT body FROM api_keys WHERE id < ? ORDER BY id DESC LIMIT ?");
  const keyById = db.prepare("SELECT body FROM api_keys WHERE id = ?");
  const keyByClaim = db.prepare("SELECT body FROM api_keys WHERE claim_key = ?");
  const one = (statement: typeof keyById, value: string): ApiKeyRecord | undefined => {
    const row = read(db, () => statement.get(value));
    return row && bodyOf("apiKey", row);
  };
  return {
    live: async () =>
      read(db, () => ({
        keys: liveKeys.all().map((row) => bodyOf("apiKey", row)),
        everMade: anyKey.get() !== undefined,
      })),
    list: async ({ limit, after }) =>
      read(db, () => keysBefore.all(after ?? afterEveryId, limit).map((row) => bodyOf("apiKey", row))),
    create: async (record) => {
      const { id, name, rotates, claim } = record;
      const values = [id, claim?.key ?? null, rotates ? null : name, JSON.stringify(record)];
      return expectSettled(await writer.writeKey({ statement: "insertKey", values }));
    },
    claimed: async (claimKey) => one(keyByClaim, claimKey),
    revoke: async (id, at) => {
      expectSettled(await writer.writeKey({ statement: "revokeKey", values: [at, id] }));
      return one(keyById, id);
    },
  };
}

const afterEveryId = "~";
