import type { Actor, Instant } from "@holdfast/domain";
import { type ApiKeyId, createApiKey } from "@holdfast/engine";
import { openMemory } from "@holdfast/memory-store";
import { expect, test } from "vitest";
import { opensToEverybody } from "./open-door.ts";

const inEnvironment = new Map([["0123456789abcdef", "shop" as Actor]]);

/** A database in which a key was made, and perhaps revoked, or none at all. */
async function apiKeysWith(key: "none" | "live" | "revoked") {
  const { apiKeys } = openMemory();
  const id = "key_1" as ApiKeyId;
  const [name, now] = ["shop" as Actor, 1 as Instant];
  if (key !== "none") await createApiKey(apiKeys, { id, name, scopes: ["admin"], createdBy: name, now });
  if (key === "revoked") await apiKeys.revoke(id, now);
  return apiKeys;
}

test.each([
  ["127.0.0.1", "none", "none", "open"],
  ["127.8.8.8", "none", "none", "open"],
  ["localhost", "none", "none", "open"],
  ["::1", "none", "none", "open"],
  ["127.0.0.1", "one", "none", "closed"],
  ["127.0.0.1", "none", "live", "closed"],
  ["127.0.0.1", "none", "revoked", "closed"],
  ["0.0.0.0", "none", "none", "refused"],
  ["::", "none", "none", "refused"],
  ["192.168.1.10", "none", "none", "refused"],
  ["shop.example", "none", "none", "refused"],
  ["127.0.0.1.example.com", "none", "none", "refused"],
  ["0.0.0.0", "one", "none", "closed"],
  ["0.0.0.0", "none", "live", "closed"],
  ["0.0.0.0", "none", "revoked", "refused"],
  ["0.0.0.0", "one", "revoked", "closed"],
] as const)(
  "on %s with %s key in the environment and %s in the database it is %s",
  async (host, set, made, outcome) => {
    const config = { HOST: host, API_KEYS: set === "one" ? inEnvironment : new Map<string, Actor>() };
    const found = await opensToEverybody(config, await apiKeysWith(made)).then(
      (open) => (open ? "open" : "closed"),
      (error: Error) => (error.message.includes("no API key") ? "refused" : error.message),
    );
    expect(found).toBe(outcome);
  },
);
