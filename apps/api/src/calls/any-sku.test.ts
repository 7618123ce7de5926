import { expect, test } from "vitest";
import { answered, problemOf, TestApi, tea } from "../test-api.ts";

const skus = ["A/B & c+.d", "茶 碗", "50% off?", "a@main", "..a", "#1", "a;b=c", "%2F", "__proto__", "🍵".repeat(128)];

test.each(skus)("takes the SKU %s through every call", async (sku) => {
  const api = new TestApi();
  const escaped = encodeURIComponent(sku);
  const created = await api.post("/v1/products", { ...tea, sku });
  expect([created.status, created.headers.get("location")]).toEqual([201, `/v1/products/${escaped}`]);
  expect(await answered(200, api.get(`/v1/products/${escaped}`))).toMatchObject({ sku, totalStock: 10 });
  const order = await answered(201, api.post("/v1/orders", { lines: [{ sku, quantity: 2 }] }));
  expect(order).toMatchObject({ lines: [{ sku, quantity: 2 }] });
  const adjusted = await api.post("/v1/stock-adjustments", { sku, delta: 1, reason: "restock" });
  expect(adjusted.headers.get("location")).toBe(`/v1/stock-movements?sku=${escaped}`);
  await api.createProduct();
  for (const list of ["/v1/orders", "/v1/reservations", "/v1/stock-movements"]) {
    expect(await answered(200, api.get(`${list}?sku=${escaped}`))).toMatchObject({
      data: { length: list.includes("movements") ? 3 : 1 },
    });
  }
  expect(await answered(200, api.get(`/v1/reconciliation?sku=${escaped}`))).toMatchObject({
    ok: true,
    levelsChecked: 1,
  });
  expect(await answered(200, api.get(`/v1/stock-levels/${escaped}/main/explain`))).toMatchObject({
    sku,
    complete: true,
  });
  const pages = [await answered(200, api.get("/v1/products?limit=1"))];
  pages.push(await answered(200, api.get(`/v1/products?limit=1&cursor=${String(pages[0]?.["nextCursor"])}`)));
  expect(pages.flatMap(({ data }) => (data as { sku: string }[]).map((each) => each.sku)).sort()).toEqual(
    ["tea", sku].sort(),
  );
  const nothing = { sku, expected: { totalStock: 11, reservedStock: 2, committedStock: 0 }, reason: "none" };
  expect(await problemOf(await api.post("/v1/reconciliation/corrections", nothing))).toBe("409 nothing_to_correct");
  expect(await problemOf(await api.post("/v1/orders", { lines: [{ sku, quantity: 99 }] }))).toBe(
    "409 insufficient_stock",
  );
});

test("takes a SKU in either composition for the same", async () => {
  const api = new TestApi();
  const [apart, composed] = ["cafe\u0301", "caf\u00e9"];
  expect(await answered(201, api.post("/v1/products", { ...tea, sku: apart }))).toMatchObject({ sku: composed });
  expect(await answered(200, api.get(`/v1/products/${encodeURIComponent(apart)}`))).toMatchObject({ sku: composed });
  await answered(
    201,
    api.post("/v1/orders", {
      lines: [
        { sku: apart, quantity: 1 },
        { sku: composed, quantity: 1 },
      ],
    }),
  );
  expect(await answered(200, api.get(`/v1/stock-movements?sku=${encodeURIComponent(apart)}`))).toMatchObject({
    data: { length: 2 },
  });
});

test("tells SKUs apart by case, and refuses a second one that differs by nothing else with the name of the first", async () => {
  const api = new TestApi();
  await api.createProduct({ sku: "Tee/Grün" });
  const refused = await api.post("/v1/products", { ...tea, sku: "TEE/GRÜN" });
  expect(await refused.json()).toMatchObject({
    code: "sku_differs_by_case",
    errors: [{ sku: "Tee/Grün", message: "there is a product Tee/Grün" }],
  });
  expect(await problemOf(await api.get(`/v1/products/${encodeURIComponent("TEE/GRÜN")}`))).toBe(
    "404 product_not_found",
  );
});

test.each(["/v1/products/.", "/v1/products/..", "/v1/products/%2e", "/v1/products/%2E%2e"])(
  "finds no call at %s",
  async (path) => {
    expect([404, 405]).toContain((await new TestApi().get(path)).status);
  },
);
