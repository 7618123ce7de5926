import type { Instant } from "@holdfast/domain";
import { type Commit, Engine, Overloaded, Unavailable } from "@holdfast/engine";
import { describe, expect, test } from "vitest";
import { problemOf, TestApi, tea } from "./test-api.ts";

describe("request ids", () => {
  test("gives each request an id of its own", async () => {
    const api = new TestApi();
    const ids = await Promise.all([1, 2].map(async () => (await api.get("/healthz")).headers.get("x-request-id")));
    expect([new Set(ids).size, ids.every((id) => id !== null && id.length > 20)]).toEqual([2, true]);
  });

  test("takes over the caller's, into answer, problem and log", async () => {
    const api = new TestApi();
    const response = await api.get("/v1/orders/none", { "x-request-id": "trace-42" });
    expect(response.headers.get("x-request-id")).toBe("trace-42");
    expect(await response.json()).toMatchObject({ requestId: "trace-42" });
    expect(JSON.parse(api.log.at(-1) ?? "")).toMatchObject({
      requestId: "trace-42",
      method: "GET",
      path: "/v1/orders/none",
      status: 404,
    });
  });

  test("takes over nothing that could forge a log line", async () => {
    const response = await new TestApi().get("/healthz", { "x-request-id": 'a","level":60,"b":"' });
    expect(response.headers.get("x-request-id")).not.toContain("level");
  });
});

test("the line of a refused request says who asked, why it was refused, and what it was about", async () => {
  const api = new TestApi({ settings: { apiKeys: new Map([["secret-of-the-shop", "shop" as never]]) } });
  const headers = { authorization: "Bearer secret-of-the-shop" };
  const last = () => JSON.parse(api.log.at(-1) ?? "");
  await api.post("/v1/products", tea, headers);
  await api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 11 }] }, headers);
  expect(last()).toMatchObject({ status: 409, actor: "shop", code: "insufficient_stock", skus: ["tea"] });
  await api.post("/v1/stock-adjustments", { sku: "tea", delta: -11, reason: "damage" }, headers);
  expect(last()).toMatchObject({ status: 409, actor: "shop", code: "stock_promised", skus: ["tea"] });
  await api.post("/v1/orders/ord_none/cancel", undefined, headers);
  expect(last()).toMatchObject({ status: 404, actor: "shop", code: "order_not_found", orderId: "ord_none" });
  await api.get("/v1/orders");
  expect(last()).toMatchObject({ status: 401, code: "unauthorized" });
});

test("every 201 says where what it has made can be seen, and it can", async () => {
  const api = new TestApi();
  const made = await api.post("/v1/api-keys", { name: "ops", scopes: ["admin"] });
  const { key } = (await made.clone().json()) as { key: string };
  const authorization = `Bearer ${key}`;
  const created = [
    made,
    await api.post("/v1/products", tea, { authorization }),
    await api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] }, { authorization }),
    await api.post("/v1/stock-adjustments", { sku: "tea", delta: 1, reason: "restock" }, { authorization }),
  ];
  for (const { status, headers } of created) {
    const seen = await api.get(headers.get("location") ?? "/nowhere", { authorization });
    expect([status, seen.status]).toEqual([201, 200]);
  }
});

describe("CORS", () => {
  const apiKeys = new Map([["secret-of-the-shop", "shop" as never]]);
  const keyed = { authorization: "Bearer secret-of-the-shop" };

  const preflight = (api: TestApi, origin: string) =>
    api.send("OPTIONS", "/v1/orders", undefined, {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type,idempotency-key",
    });

  test("answers a preflight without a key", async () => {
    const api = new TestApi({ settings: { apiKeys, corsOrigins: "*" } });
    const response = await preflight(api, "https://shop.example");
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-methods")).toContain("POST");
    expect(response.headers.get("access-control-allow-headers")).toMatch(/idempotency-key/);
  });

  test.each([
    ["https://shop.example", "https://shop.example"],
    ["https://till.example", "https://till.example"],
    ["https://evil.example", null],
  ])("allows %s: %s", async (origin, allowed) => {
    const api = new TestApi({ settings: { corsOrigins: ["https://shop.example", "https://till.example"] } });
    expect((await preflight(api, origin)).headers.get("access-control-allow-origin")).toBe(allowed);
    const answer = await api.get("/v1/orders/none", { origin });
    expect(answer.headers.get("access-control-allow-origin")).toBe(allowed);
  });

  test("lets no page of another origin call unless it is set", async () => {
    const api = new TestApi({ settings: { apiKeys } });
    const origin = "https://shop.example";
    const answers = [await preflight(api, origin), await api.get("/v1/products", { ...keyed, origin })];
    expect(answers.map(({ headers }) => headers.get("access-control-allow-origin"))).toEqual([null, null]);
  });

  test("leaves the headers out where no page asks, with Vary: Origin for caches", async () => {
    const { headers } = await new TestApi().get("/v1/products");
    expect([headers.get("access-control-allow-origin"), headers.get("vary")]).toEqual([null, "Origin"]);
  });

  test("lets a page read what an answer says in headers, on a problem too", async () => {
    const api = new TestApi({ settings: { apiKeys, corsOrigins: "*" } });
    for (const path of ["/v1/products", "/v1/orders/none"]) {
      const exposed = (await api.get(path, { ...keyed, origin: "https://shop.example" })).headers.get(
        "access-control-expose-headers",
      );
      expect(exposed).toBe(
        "Date,ETag,Idempotent-Replayed,Location,RateLimit,RateLimit-Policy,Retry-After,X-Holdfast-Source,X-Request-Id",
      );
    }
  });
});

test.each(["/v1/products", "/v1/orders/none", "/docs", "/nothing"])("%s comes with secure headers", async (path) => {
  const { headers } = await new TestApi().get(path);
  expect([headers.get("x-content-type-options"), headers.get("content-security-policy")]).toEqual([
    "nosniff",
    expect.stringContaining("frame-ancestors 'none'"),
  ]);
});

/** An API on a store whose commits all end in one way. */
function apiOn(commit: Commit): TestApi {
  const store = { transact: async () => commit };
  return new TestApi({ engine: new Engine({ store, newBatchId: () => "0", clock: { now: () => 0 } }) });
}

const cause = new Error("connect ECONNREFUSED db.internal:27017");

test("lists the first twenty of two hundred mistakes", async () => {
  const lines = Array.from({ length: 100 }, () => ({ sku: "", quantity: 0 }));
  const response = await new TestApi().post("/v1/orders", { lines });
  expect(await response.json()).toMatchObject({ errors: { length: 20 } });
});

describe("an outage", () => {
  test.each([
    ["unavailable", apiOn({ kind: "not_committed", transient: true, cause }), "outage", "503 unavailable"],
    ["unknown", apiOn({ kind: "unknown", cause }), "outage", "503 outcome_unknown"],
    [
      "too much",
      new TestApi({ engine: { submit: () => Promise.reject(new Overloaded("10000 wait")) } }),
      "shedding",
      "503 overloaded",
    ],
  ])("that is %s is a 503 that says when to come again", async (_what, api, logged, outcome) => {
    const response = await api.post("/v1/products", tea);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await response.clone().text()).not.toContain("db.internal");
    expect(await problemOf(response)).toBe(outcome);
    expect(api.log.some((line) => line.includes(`"msg":"${logged}`))).toBe(true);
  });

  test.each([
    ["not_committed", "503 unavailable"],
    ["unknown", "503 outcome_unknown"],
  ] as const)("says what is wrong with the database: %s", async (kind, outcome) => {
    const reason = "the database cannot be written: its disk is full";
    const response = await apiOn({ kind, transient: true, reason, cause }).post("/v1/products", tea);
    expect(await response.clone().json()).toMatchObject({
      detail: "The database cannot be written: its disk is full.",
    });
    expect(await problemOf(response)).toBe(outcome);
  });

  test("is not what a store says that cannot write a decision: that is a bug", async () => {
    const api = apiOn({ kind: "not_committed", transient: false, cause });
    expect(await problemOf(await api.post("/v1/products", tea))).toBe("500 internal_error");
  });

  test("of the reads is a 503 too", async () => {
    const { queries } = new TestApi().database;
    const away = () => Promise.reject(new Unavailable("the database is away", { cause }));
    const api = new TestApi({ queries: { ...queries, order: away, products: away } });
    for (const path of ["/v1/orders/none", "/v1/products"]) {
      expect(await problemOf(await api.get(path))).toBe("503 unavailable");
    }
  });

  test("is over when it is over", async () => {
    const healthy = new TestApi();
    let up = false;
    const api = new TestApi({
      engine: new Engine({
        store: {
          transact: (transaction) =>
            up
              ? healthy.database.store.transact(transaction)
              : Promise.resolve({ kind: "not_committed", transient: true, cause }),
        },
        newBatchId: () => "0".repeat(26),
        clock: { now: () => 0 },
      }),
    });
    expect((await api.post("/v1/products", tea)).status).toBe(503);
    up = true;
    expect((await api.post("/v1/products", tea)).status).toBe(201);
  });
});

describe("a bug", () => {
  const secret = "password is hunter2";
  const broken = {
    now: async () => 0 as Instant,
    order: () => Promise.reject(new TypeError(secret)),
  };

  test("is a 500 with nothing but the request's id for the caller, and everything in the log", async () => {
    const { queries } = new TestApi().database;
    const api = new TestApi({ queries: { ...queries, ...broken } });
    const response = await api.get("/v1/orders/ord_1", { "x-request-id": "trace-42" });
    const text = await response.clone().text();
    expect(text).not.toMatch(/hunter2|TypeError|\.ts/);
    expect(await problemOf(response)).toBe("500 internal_error");
    const logged = api.log.find((line) => line.includes(secret)) ?? "";
    expect(JSON.parse(logged)).toMatchObject({ level: 50, requestId: "trace-42", msg: "bug" });
  });

  test("of a rule is a 500, and takes no other command with it", async () => {
    const api = new TestApi();
    await api.createProduct();
    // A shape that no request can have: the id maker is broken.
    const ids = new TestApi({ newId: () => Symbol("poison") as unknown as string });
    expect(await problemOf(await ids.post("/v1/products", tea))).toBe("500 internal_error");
    expect(await api.stock()).toBe("10/0/0/10");
  });
});

test("does no I/O until it is asked", () => {
  const untouchable = new Proxy({}, { get: (_target, name) => expect.unreachable(`${String(name)} was touched`) });
  expect(() => new TestApi({ queries: untouchable as never, engine: untouchable as never })).not.toThrow();
});

test("has no path that Hono's fast router gives up on: a fixed part where another path has a parameter", async () => {
  const { app } = new TestApi();
  await app.request("/healthz");
  expect(app.router.name).toBe("SmartRouter + RegExpRouter");
});
