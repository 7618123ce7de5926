import type { ApiKeyId, ApiKeyRecord, ApiKeys } from "@holdfast/engine";

/** API keys as a plain map. */
export function memoryApiKeys(records = new Map<ApiKeyId, ApiKeyRecord>()): ApiKeys {
  return {
    live: async () => {
      const keys = [...records.values()].filter(({ revokedAt }) => revokedAt === undefined);
      return { keys, everMade: records.size > 0 };
    },
    list: async ({ limit, after }) =>
      [...records.values()]
        .filter(({ id }) => after === undefined || id < after)
        .sort((a, b) => (a.id > b.id ? -1 : 1))
        .slice(0, limit),
    create: async (record) => {
      records.set(record.id, record);
    },
    revoke: async (id, at) => {
      const record = records.get(id);
      if (record !== undefined && record.revokedAt === undefined) records.set(id, { ...record, revokedAt: at });
      return records.get(id);
    },
  };
}
