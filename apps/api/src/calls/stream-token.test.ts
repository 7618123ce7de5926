import type { Actor } from "@holdfast/domain";
import { hashOfApiKey } from "@holdfast/engine";
import { describe, expect, test } from "vitest";
import { newStreamToken } from "../stream-token.ts";
import { answered, opening, problemOf, TestApi, tea } from "../test-api.ts";
import { StreamReader } from "./stream-reader.ts";

const ownerKey = "secret-of-the-owner";
const owner = { authorization: `Bearer ${ownerKey}` };
const settings = { apiKeys: new Map([[ownerKey, "owner" as Actor]]) };

/** A shop in which one product was created, and a key that reads orders. */
async function shopWithKey() {
  const api = new TestApi({ settings });
  await answered(201, api.post("/v1/products", tea, owner));
  const { id, key } = await answered(201, api.post("/v1/api-keys", { name: "till", scopes: ["orders:read"] }, owner));
  const tokenFor = async (headers: Readonly<Record<string, string>>) =>
    String((await answered(200, api.post("/v1/events/stream-tokens", undefined, headers)))["token"]);
  const open = (token: string) => api.get(`/v1/events/stream?token=${encodeURIComponent(token)}`);
  return { api, id: String(id), till: { authorization: `Bearer ${key}` }, key: String(key), tokenFor, open };
}

test.each(["a key that was made", "a key of the environment"])(
  "opens the stream for %s, without a header",
  async (which) => {
    const { till, tokenFor, open } = await shopWithKey();
    const response = await open(await tokenFor(which === "a key that was made" ? till : owner));
    expect(response.status).toBe(200);
    const stream = new StreamReader(response);
    expect(await stream.events(1)).toMatchObject([{ event: { type: "ProductCreated", sku: "tea" } }]);
    await stream.leave();
  },
);

test("opens the stream where everybody is let in, and until the first key is made", async () => {
  const api = new TestApi();
  const { token } = await answered(200, api.post("/v1/events/stream-tokens"));
  const path = `/v1/events/stream?token=${token}`;
  const response = await api.get(path);
  expect(response.status).toBe(200);
  await response.body?.cancel();
  await answered(201, api.post("/v1/api-keys", { name: "ops", scopes: ["admin"] }));
  expect(await problemOf(await api.get(path))).toBe("401 unauthorized");
});

test("opens nothing 60 seconds later", async () => {
  const { api, till, open } = await shopWithKey();
  const made = await answered(200, api.post("/v1/events/stream-tokens", undefined, till));
  expect(made["expiresAt"]).toBe("2026-01-01T00:01:00.000Z");
  api.seconds = 59;
  const inTime = await open(String(made["token"]));
  await inTime.body?.cancel();
  api.seconds = 60;
  expect([inTime.status, await problemOf(await open(String(made["token"])))]).toEqual([200, "401 unauthorized"]);
});

test("opens nothing once its key is revoked", async () => {
  const { api, id, till, tokenFor, open } = await shopWithKey();
  const token = await tokenFor(till);
  await answered(200, api.post(`/v1/api-keys/${id}/revoke`, undefined, owner));
  expect(await problemOf(await open(token))).toBe("401 unauthorized");
});

test("opens nothing but the stream that it was made for", async () => {
  const { api, till, tokenFor } = await shopWithKey();
  const token = await tokenFor(till);
  const lines = [{ sku: "tea", quantity: 1 }];
  const [one, other] = [
    await answered(201, api.post("/v1/orders", { lines }, owner)),
    await answered(201, api.post("/v1/orders", { lines }, owner)),
  ];
  const ofOrder = await answered(200, api.post(`/v1/orders/${one["id"]}/stream-tokens`, undefined, till));
  for (const path of [
    "/v1/events",
    "/v1/orders",
    "/v1/products",
    `/v1/orders/${one["id"]}`,
    `/v1/orders/${one["id"]}/stream`,
  ]) {
    expect(await problemOf(await api.get(`${path}?token=${token}`))).toBe("401 unauthorized");
    expect(await problemOf(await api.get(path, { authorization: `Bearer ${token}` }))).toBe("401 unauthorized");
  }
  expect(await problemOf(await api.post(`/v1/events/stream-tokens?token=${token}`))).toBe("401 unauthorized");
  for (const path of ["/v1/events/stream", `/v1/orders/${other["id"]}/stream`]) {
    expect(await problemOf(await api.get(`${path}?token=${ofOrder["token"]}`))).toBe("401 unauthorized");
  }
});

test("a key in its place opens nothing, and neither does a token beside a wrong key", async () => {
  const { api, key, till, tokenFor, open } = await shopWithKey();
  expect(await problemOf(await open(key))).toBe("401 unauthorized");
  const path = `/v1/events/stream?token=${await tokenFor(till)}`;
  expect(await problemOf(await api.get(path, { authorization: "Bearer wrong" }))).toBe("401 unauthorized");
});

describe("cannot be forged", () => {
  const now = opening as never;
  const path = "/v1/events/stream";

  test.each([
    [
      "with another key",
      (callerId: string) => newStreamToken({ callerId, keyHash: hashOfApiKey("hf_other"), path }, now).token,
    ],
    [
      "for another key",
      (_id: string, token: string) =>
        token.replace(/\.[\w-]+\./, `.${Buffer.from("env:owner").toString("base64url")}.`),
    ],
    ["for longer", (_id: string, token: string) => token.replace(/^hfs_\w+/, `hfs_${(opening + 90_000).toString(36)}`)],
    ["without a key", () => newStreamToken({ callerId: "anonymous", keyHash: hashOfApiKey(""), path }, now).token],
    ["without a signature", (_id: string, token: string) => token.replace(/[\w-]{43}$/, "")],
    ["as something else", () => "hfs_"],
    ["as nothing", () => ""],
  ])("%s", async (_how, forge) => {
    const { api, id, till, tokenFor, open } = await shopWithKey();
    const token = await tokenFor(till);
    api.seconds = 1;
    expect(await problemOf(await open(forge(id, token)))).toBe("401 unauthorized");
  });
});

test("neither the token nor what it opens is kept by a cache, or passed on by a page", async () => {
  const { api, till, tokenFor, open } = await shopWithKey();
  const made = await api.post("/v1/events/stream-tokens", undefined, till);
  expect(made.headers.get("cache-control")).toBe("no-store");
  const { headers, body } = await open(await tokenFor(till));
  await body?.cancel();
  expect([headers.get("cache-control"), headers.get("referrer-policy")]).toEqual(["no-store", "no-referrer"]);
});

test("stands in no line of the log, used or refused", async () => {
  const { api, till, tokenFor, open } = await shopWithKey();
  const token = await tokenFor(till);
  await (await open(token)).body?.cancel();
  api.seconds = 60;
  await open(token);
  expect(api.log.join()).toContain("/v1/events/stream");
  expect(api.log.join()).toContain("unauthorized");
  expect(api.log.join()).not.toContain(token.slice(-43));
});
