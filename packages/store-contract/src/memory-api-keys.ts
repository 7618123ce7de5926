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
      if ([...records.values()].some((kept) => isInTheWayOf(record, kept))) return false;
      records.set(record.id, record);
      return true;
    },
    claimed: async (claimKey) => [...records.values()].find(({ claim }) => claim?.key === claimKey),
    revoke: async (id, at) => {
      const record = records.get(id);
      if (record !== undefined && record.revokedAt === undefined) records.set(id, { ...record, revokedAt: at });
      return records.get(id);
    },
  };
}

function isInTheWayOf({ name, rotates, claim }: ApiKeyRecord, kept: ApiKeyRecord): boolean {
  if (claim !== undefined && kept.claim?.key === claim.key) return true;
  return !rotates && !kept.rotates && kept.revokedAt === undefined && kept.name === name;
}
