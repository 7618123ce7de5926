import { isReadable, type Read, Unreadable } from "@holdfast/domain";
import { type ApiKeyRecord, type ApiKeys, readable } from "@holdfast/engine";
import { apiKeyOf } from "./rows.ts";
import type { SqlDatabase } from "./sql-database.ts";
import { expectSettled, read } from "./sqlite-outages.ts";
import type { Writer } from "./writer.ts";

/**
 * API keys. They are read here and written by the writer of batches, so that only callers who make and revoke keys wait for another
 * process's lock. A key that another process makes between the two reads of `live` takes effect at the next read; meanwhile the API
 * already demands a key.
 */
export function sqliteApiKeys(db: SqlDatabase, writer: Pick<Writer, "writeKey">): ApiKeys {
  const liveKeys = db.prepare("SELECT id, body FROM api_keys WHERE revoked_at IS NULL");
  const anyKey = db.prepare("SELECT 1 FROM api_keys LIMIT 1");
  const keysBefore = db.prepare("SELECT id, body FROM api_keys WHERE id < ? ORDER BY id DESC LIMIT ?");
  const keyById = db.prepare("SELECT id, body FROM api_keys WHERE id = ?");
  const keyByClaim = db.prepare("SELECT id, body FROM api_keys WHERE claim_key = ?");
  const one = (statement: typeof keyById, value: string): Read<ApiKeyRecord> | undefined => {
    const row = read(db, () => statement.get(value));
    return row && apiKeyOf(row);
  };
  return {
    live: async () =>
      read(db, () => {
        const keys = liveKeys.all().map(apiKeyOf);
        return {
          // A key whose body says that it has ended is refused, whatever its column says.
          keys: keys.filter(isReadable).filter(({ revokedAt }) => revokedAt === undefined),
          unreadable: keys.filter((key) => key instanceof Unreadable),
          everMade: anyKey.get() !== undefined,
        };
      }),
    list: async ({ limit, after }) => read(db, () => keysBefore.all(after ?? afterEveryId, limit).map(apiKeyOf)),
    create: async (record) => {
      const { id, name, rotates, claim } = record;
      const values = [id, claim?.key ?? null, rotates ? null : name, JSON.stringify(record)];
      return expectSettled(await writer.writeKey({ statement: "insertKey", values }));
    },
    claimed: async (claimKey) => {
      const record = one(keyByClaim, claimKey);
      return record && readable(record);
    },
    revoke: async (id, at) => {
      expectSettled(await writer.writeKey({ statement: "revokeKey", values: [at, id] }));
      return one(keyById, id);
    },
  };
}

const afterEveryId = "~";
