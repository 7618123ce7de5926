import type { Queries } from "@holdfast/engine";
import { routes } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { TestApi } from "./test-api.ts";

/** A shop that takes down every read of its database. */
async function watched() {
  const shop = new TestApi();
  await shop.createProduct();
  await shop.placeOrder();
  const reads: string[] = [];
  const queries = new Proxy(shop.database.queries, {
    get(all, name: keyof Queries) {
      return (...asked: never[]) => {
        reads.push(name);
        return (all[name] as (...asked: never[]) => unknown)(...asked);
      };
    },
  });
  return { api: new TestApi({ opened: { ...shop.database, queries } }), reads };
}

const sku = "?sku=tea";

/** What each call that gathers its answer is asked with. */
const asked: Readonly<Record<string, string>> = {
  "/v1/products": "?limit=200",
  "/v1/locations": "?limit=200",
  "/v1/orders": "?sku=tea&status=PENDING_PAYMENT",
  "/v1/reservations": "?status=ACTIVE",
  "/v1/stock-movements": sku,
  "/v1/events": "?limit=200",
  "/v1/reconciliation": sku,
  "/v1/low-stock": "",
  "/v1/shortages": "",
  "/v1/stock-levels/{sku}/{location}/explain": "",
  "/v1/transfers": "",
  "/v1/api-keys": "",
};

test("all calls are asked that answer GET, and neither end in a key nor name an id", () => {
  const paths = Object.values(routes).flatMap(({ method, path }) =>
    method === "get" && /^\/v1\/.*[^}]$/.test(path) && !path.includes("{id}") ? [path] : [],
  );
  expect([...Object.keys(asked), "/v1/events/stream"].sort()).toEqual(paths.sort());
});

test.each(Object.entries(asked))(
  "HEAD of %s%s is answered as its GET is, and reads one record at most",
  async (...of) => {
    const url = of.join("").replace("{sku}", "tea").replace("{location}", "main");
    const { api, reads } = await watched();
    const head = await api.send("HEAD", url, undefined, {});
    const read = reads.splice(0);
    const get = await api.get(url);
    expect([head.status, head.headers.get("content-type"), head.body]).toEqual([200, "application/json", null]);
    expect([get.status, get.headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(read).toEqual([of.join("").includes("sku") && !url.includes("/orders") ? "product" : "now"]);
  },
);

test("HEAD of the whole reconciliation reads no level and no record", async () => {
  const { api, reads } = await watched();
  expect((await api.send("HEAD", "/v1/reconciliation", undefined, {})).status).toBe(200);
  expect(reads).toEqual(["now"]);
});

test.each([
  ["/v1/orders?limit=0", 400],
  ["/v1/products?shelf=1", 400],
  ["/v1/stock-levels/tea/main/explain?at=yesterday", 400],
  ["/v1/stock-levels/tea/main/explain?at=2999-01-01T00:00:00Z", 400],
  ["/v1/stock-levels/tea/main/explain?at=2025-01-01T00:00:00Z", 200],
  ["/v1/orders?limit=1&limit=1", 400],
  ["/v1/orders?cursor=none-of-this-list", 400],
  ["/v1/products?cursor=WyJvcmRlciIsIm9yZF8xIl0", 400],
  ["/v1/stock-levels/t%00a/main/explain", 400],
  ["/v1/reconciliation?sku=none", 404],
  ["/v1/stock-movements?sku=none", 404],
  ["/v1/stock-levels/none/main/explain", 404],
  ["/v1/orders?sku=none", 200],
])("HEAD of %s is %d, as GET is", async (url, status) => {
  const { api } = await watched();
  const [head, get] = [await api.send("HEAD", url, undefined, {}), await api.get(url)];
  expect([head.status, get.status, head.body]).toEqual([status, status, null]);
});

test("the document is made once, however often it is asked for", async () => {
  const { app } = new TestApi();
  const make = app.getOpenAPI31Document.bind(app);
  let made = 0;
  app.getOpenAPI31Document = (...how) => {
    made += 1;
    return make(...how);
  };
  const texts = [await app.request("/openapi.json"), await app.request("/openapi.json")].map((each) => each.text());
  expect((await app.request("/openapi.json", { method: "HEAD" })).status).toBe(200);
  expect(new Set(await Promise.all(texts)).size).toBe(1);
  expect(made).toBe(1);
});
