import type { Actor, Instant } from "@holdfast/domain";
import { type ApiKeyId, createApiKey } from "@holdfast/engine";
import { openMemory } from "@holdfast/memory-store";
import { expect, test } from "vitest";
import { warnOfSharedNames } from "./shared-names.ts";

test.each([
  ["no key", [], []],
  ["names of their own", ["shop", "till"], []],
  ["a name twice", ["shop", "till", "shop", "shop"], ["shop"]],
  ["the name of a key that was made", ["relay", "till"], ["relay"]],
])("API_KEYS with %s: says %o share", async (_what, names, shared) => {
  const { apiKeys } = openMemory();
  const name = "relay" as Actor;
  await createApiKey(apiKeys, { id: "key_1" as ApiKeyId, name, scopes: ["admin"], createdBy: name, now: 1 as Instant });
  const said: unknown[] = [];
  const logger = { warn: (what: { name: string }) => said.push(what.name) } as never;
  await warnOfSharedNames({ API_KEYS: new Map(names.map((each, n) => [`key ${n}`, each as Actor])) }, apiKeys, logger);
  expect(said).toEqual(shared);
});
