import { isReadable, Unreadable } from "@holdfast/domain";
import { type ApiKeyId, type ApiKeyRecord, type ApiKeys, readApiKey, readable } from "@holdfast/engine";

/** API keys as a plain map. */
export function memoryApiKeys(records = new Map<ApiKeyId, ApiKeyRecord>()): ApiKeys {
  return {
    live: async () => {
      const living = [...records.values()].filter(({ revokedAt }) => revokedAt === undefined);
      const keys = living.map((record) => readApiKey(record.id, record));
      const unreadable = keys.filter((key) => key instanceof Unreadable);
      return { keys: keys.filter(isReadable), unreadable, everMade: records.size > 0 };
    },
    list: async ({ limit, after }) =>
      [...records.values()]
        .filter(({ id }) => after === undefined || id < after)
        .sort((a, b) => (a.id > b.id ? -1 : 1))
        .slice(0, limit)
        .map((record) => readApiKey(record.id, record)),
    create: async (record) => {
      if ([...records.values()].some((kept) => isInTheWayOf(record, kept))) return false;
      records.set(record.id, record);
      return true;
    },
    claimed: async (claimKey) => {
      const record = [...records.values()].find(({ claim }) => claim?.key === claimKey);
      return record && readable(readApiKey(record.id, record));
    },
    revoke: async (id, at) => {
      const record = records.get(id);
      if (record !== undefined && record.revokedAt === undefined) records.set(id, { ...record, revokedAt: at });
      const ended = records.get(id);
      return ended && readApiKey(id, ended);
    },
  };
}

function isInTheWayOf({ name, rotates, claim }: ApiKeyRecord, kept: ApiKeyRecord): boolean {
  if (claim !== undefined && kept.claim?.key === claim.key) return true;
  return !rotates && !kept.rotates && kept.revokedAt === undefined && kept.name === name;
}
