import { type Actor, type Instant, isReadable } from "@holdfast/domain";
import { type ApiKeyId, type ApiKeyRecord, readable } from "@holdfast/engine";
import { idOf } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const keyId = (name: string) => `key_${idOf(name)}` as ApiKeyId;

function record(name: string, more: Partial<ApiKeyRecord> = {}): ApiKeyRecord {
  return {
    id: keyId(name),
    name: `shop-${name}` as Actor,
    hash: `hash of ${name}`,
    scopes: ["orders:read", "orders:write"],
    createdAt: 1_000 as Instant,
    createdBy: "operator" as Actor,
    ...more,
  };
}

const at = (instant: number) => instant as Instant;

/** API keys: which live, which were ever made, and how one ends. */
export function describeApiKeys(withShop: ShopTest): void {
  test(
    "begins with none, and with none ever made",
    withShop(async ({ database: { apiKeys } }) => {
      expect(await apiKeys.live()).toEqual({ keys: [], unreadable: [], everMade: false });
      expect(await apiKeys.list({ limit: 10 })).toEqual([]);
    }),
  );

  test(
    "keeps a key as it was made, to the last field",
    withShop(async ({ database: { apiKeys } }) => {
      const [plain, limited] = [record("1"), record("2", { rateLimitPerSecond: 0 })];
      await apiKeys.create(plain);
      await apiKeys.create(limited);
      const { keys, everMade } = await apiKeys.live();
      expect([keys.toSorted((a, b) => (a.id < b.id ? -1 : 1)), everMade]).toEqual([[plain, limited], true]);
      expect(await apiKeys.list({ limit: 10 })).toEqual([limited, plain]);
    }),
  );

  test(
    "lists keys newest first, page by page, revoked ones too",
    withShop(async ({ database: { apiKeys } }) => {
      for (const name of ["1", "3", "2"]) await apiKeys.create(record(name));
      await apiKeys.revoke(keyId("2"), at(2_000));
      const first = await apiKeys.list({ limit: 2 });
      const rest = await apiKeys.list({ limit: 2, after: first[1]?.id as ApiKeyId });
      expect([first, rest]).toEqual([[record("3"), record("2", { revokedAt: at(2_000) })], [record("1")]]);
    }),
  );

  test(
    "revokes a key once: a repeat gives it as it is, and leaves the others alone",
    withShop(async ({ database: { apiKeys } }) => {
      await apiKeys.create(record("1"));
      await apiKeys.create(record("2"));
      const revoked = record("1", { revokedAt: at(2_000) });
      expect(await apiKeys.revoke(keyId("1"), at(2_000))).toEqual(revoked);
      expect(await apiKeys.revoke(keyId("1"), at(3_000))).toEqual(revoked);
      expect((await apiKeys.live()).keys).toEqual([record("2")]);
    }),
  );

  test(
    "revokes nothing that is not there",
    withShop(async ({ database: { apiKeys } }) => {
      expect(await apiKeys.revoke(keyId("1"), at(2_000))).toBeUndefined();
      expect(await apiKeys.live()).toEqual({ keys: [], unreadable: [], everMade: false });
    }),
  );

  test(
    "remembers that there were keys when the last one is revoked",
    withShop(async ({ database: { apiKeys } }) => {
      await apiKeys.create(record("1"));
      await apiKeys.revoke(keyId("1"), at(2_000));
      expect(await apiKeys.live()).toEqual({ keys: [], unreadable: [], everMade: true });
    }),
  );

  test(
    "ends a key at one time, however many revoke it",
    withShop(async ({ database: { apiKeys } }) => {
      await apiKeys.create(record("1"));
      const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => apiKeys.revoke(keyId("1"), at(n + 1))));
      expect(new Set(answers.map((answer) => answer && readable(answer).revokedAt)).size).toBe(1);
    }),
  );

  test(
    "keeps one key of a name while it lives, however many ask for it, beside those that take over from it",
    withShop(async ({ database: { apiKeys } }) => {
      const shop = (name: string, more: Partial<ApiKeyRecord> = {}) => record(name, { name: "shop" as Actor, ...more });
      const made = await Promise.all(Array.from({ length: 10 }, (_, n) => apiKeys.create(shop(String(n)))));
      expect(made.filter(Boolean)).toHaveLength(1);
      const [first] = (await apiKeys.live()).keys;
      expect(await apiKeys.create(shop("next", { rotates: true }))).toBe(true);
      expect(await apiKeys.create(shop("again"))).toBe(false);
      await apiKeys.revoke(first?.id as ApiKeyId, at(2_000));
      expect(await apiKeys.create(shop("later"))).toBe(true);
      expect((await apiKeys.live()).keys.map(({ id }) => id).sort()).toEqual([keyId("next"), keyId("later")].sort());
    }),
  );

  test(
    "keeps one key of a claim for good, and finds it by that, revoked too",
    withShop(async ({ database: { apiKeys } }) => {
      const claim = { key: "operator:1", fingerprint: "f" };
      expect(await apiKeys.claimed(claim.key)).toBeUndefined();
      const made = await Promise.all(
        Array.from({ length: 10 }, (_, n) => apiKeys.create(record(String(n), { claim, rotates: true }))),
      );
      expect(made.filter(Boolean)).toHaveLength(1);
      const [kept] = (await apiKeys.live()).keys;
      expect(await apiKeys.claimed(claim.key)).toEqual(kept);
      const revoked = await apiKeys.revoke(kept?.id as ApiKeyId, at(2_000));
      expect(await apiKeys.create(record("later", { claim }))).toBe(false);
      expect(await apiKeys.claimed(claim.key)).toEqual(revoked);
    }),
  );

  test(
    "opens the door to every key but one that cannot be read, which can be revoked all the same",
    withShop(async ({ database: { apiKeys } }, _ask, _editLevel, corrupt) => {
      for (const name of ["a", "b"]) await apiKeys.create(record(name));
      await corrupt("api_key", keyId("a"), { scopes: "admin" });
      const { keys, unreadable, everMade } = await apiKeys.live();
      expect([keys.map(({ id }) => id), unreadable.map(({ id }) => id), everMade]).toEqual([
        [keyId("b")],
        [keyId("a")],
        true,
      ]);
      expect((await apiKeys.list({ limit: 9 })).filter(isReadable)).toHaveLength(1);
      expect(await apiKeys.revoke(keyId("a"), 9 as Instant)).toMatchObject({ kind: "api_key", id: keyId("a") });
      expect((await apiKeys.live()).unreadable).toEqual([]);
    }),
  );
}
