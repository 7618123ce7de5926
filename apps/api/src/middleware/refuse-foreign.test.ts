import { describe, expect, test } from "vitest";
import { answered, problemOf, TestApi } from "../test-api.ts";

const newKey = { name: "ops", scopes: ["admin"] };
const key = "secret-of-the-shop";
const apiKeys = new Map([[key, "shop" as never]]);

/** The status, with the problem's code where there is one. */
async function outcomeOf(response: Response): Promise<string> {
  return response.ok ? String(response.status) : problemOf(response);
}

describe("without a key, a request", () => {
  const visit = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  test.each([
    ["of no browser", {}, "200"],
    ["to localhost", { host: "localhost:3000" }, "200"],
    ["to LOCALHOST", { host: "LOCALHOST" }, "200"],
    ["to 127.0.0.1", { host: "127.0.0.1:3000" }, "200"],
    ["to [::1]", { host: "[::1]:3000" }, "200"],
    ["of a page of this server", { host: "localhost:3000", origin: "http://localhost:3000" }, "200"],
    ["of a page of this server, by its number", { host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" }, "200"],
    ["of someone who follows a link", { host: "localhost:3000", ...visit }, "200"],
    ["to a name that points here", { host: "evil.example" }, "403 foreign_host"],
    [
      "to a name that points here, from its own page",
      { host: "evil.example", origin: "http://evil.example" },
      "403 foreign_host",
    ],
    ["to a name that begins as this machine's", { host: "localhost.evil.example:3000" }, "403 foreign_host"],
    ["to a number that begins as this machine's", { host: "127.0.0.1.evil.example" }, "403 foreign_host"],
    ["to another machine's number", { host: "192.168.1.5:3000" }, "403 foreign_host"],
    ["to half an address", { host: "[::1" }, "403 foreign_host"],
    ["of a page elsewhere", { host: "localhost:3000", origin: "https://evil.example" }, "403 foreign_origin"],
    ["of a page that hides where it is from", { host: "localhost:3000", origin: "null" }, "403 foreign_origin"],
    [
      "of another program's page on this machine",
      { host: "localhost:3000", origin: "http://localhost:8080" },
      "403 foreign_origin",
    ],
    [
      "of a page by this machine's other name",
      { host: "localhost:3000", origin: "http://127.0.0.1:3000" },
      "403 foreign_origin",
    ],
    [
      "of an image elsewhere",
      { host: "localhost:3000", "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" },
      "403 foreign_origin",
    ],
    ["of a frame elsewhere", { host: "localhost:3000", ...visit, "sec-fetch-dest": "iframe" }, "403 foreign_origin"],
  ])("%s: %o is answered %s", async (_what, headers, outcome) => {
    const api = new TestApi({ settings: { corsOrigins: "*" } });
    for (const path of ["/v1/products", "/docs", "/openapi.json", "/metrics", "/readyz"]) {
      expect([path, await outcomeOf(await api.get(path, headers))]).toEqual([path, outcome]);
    }
    expect(await outcomeOf(await api.get("/healthz", headers))).toBe("200");
  });
});

test.each([
  ["POST", "/v1/api-keys", newKey],
  ["OPTIONS", "/v1/api-keys", undefined],
  ["GET", "/v1/events/stream", undefined],
  ["HEAD", "/v1/products", undefined],
])("without a key, a page elsewhere gets nothing from %s %s, and does nothing", async (method, path, body) => {
  const api = new TestApi();
  for (const foreign of [{ origin: "https://evil.example" }, { host: "evil.example" }]) {
    const headers = { ...foreign, "content-type": "application/json" };
    const answer = await api.send(method, path, body && JSON.stringify(body), headers);
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([403, null]);
  }
  expect(await api.database.apiKeys.list({ limit: 1 })).toEqual([]);
});

test("an origin that is named may call without a key; the host has to be this machine all the same", async () => {
  const api = new TestApi({ settings: { corsOrigins: ["http://localhost:5173"] } });
  const origin = "http://localhost:5173";
  const answer = await api.get("/v1/products", { origin, host: "localhost:3000" });
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, origin]);
  expect(await outcomeOf(await api.get("/v1/products", { origin, host: "evil.example" }))).toBe("403 foreign_host");
});

test("once there is a key, hosts and origins are as CORS_ORIGINS says", async () => {
  const foreign = { origin: "https://shop.example", host: "shop.example" };
  const environment = new TestApi({ settings: { apiKeys, corsOrigins: "*" } });
  expect((await environment.get("/v1/products", { ...foreign, authorization: `Bearer ${key}` })).status).toBe(200);

  const made = new TestApi();
  expect((await made.get("/docs", foreign)).status).toBe(403);
  const { key: first } = await answered(201, made.post("/v1/api-keys", newKey));
  expect((await made.get("/v1/products", { ...foreign, authorization: `Bearer ${first}` })).status).toBe(200);
  expect(await outcomeOf(await made.get("/v1/products", foreign))).toBe("401 unauthorized");
});

test("as long as the keys cannot be read, the door counts as open", async () => {
  const { apiKeys: kept } = new TestApi().database;
  const api = new TestApi({ apiKeys: { ...kept, live: () => Promise.reject(new Error("no answer")) } });
  expect(await outcomeOf(await api.get("/docs", { host: "evil.example" }))).toBe("403 foreign_host");
  expect((await api.get("/docs", { host: "localhost" })).status).toBe(200);
});
