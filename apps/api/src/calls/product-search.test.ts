import { expect, test } from "vitest";
import { answered, problemOf, TestApi, tea } from "../test-api.ts";

/** Five products, created a second apart. */
async function openShop(): Promise<TestApi> {
  const api = new TestApi();
  const products = [
    { sku: "TEA-1", name: "Green tea", totalStock: 3 },
    { sku: "cup/1", name: "Teacup", totalStock: 0 },
    { sku: "茶 碗", name: "茶 Bowl", totalStock: 40 },
    { sku: "pot", name: "Émile's pot", totalStock: 12 },
    { sku: "old", name: "teapot, old", totalStock: 5 },
  ];
  for (const [index, product] of products.entries()) {
    api.seconds = index;
    await answered(201, api.post("/v1/products", { ...tea, ...product }));
  }
  const archive = JSON.stringify({ archived: true });
  await api.send("PATCH", "/v1/products/old", archive, { "content-type": "application/json" });
  await api.openLocation("berlin");
  await answered(
    201,
    api.post("/v1/stock-adjustments", { sku: "cup/1", locationId: "berlin", delta: 2, reason: "restock" }),
  );
  await answered(201, api.post("/v1/orders", { lines: [{ sku: "TEA-1", quantity: 3 }] }));
  return api;
}

async function skus(api: TestApi, query: string): Promise<string[]> {
  const { data } = await answered(200, api.get(`/v1/products${query}`));
  return (data as { sku: string }[]).map(({ sku }) => sku);
}

test.each([
  ["", ["TEA-1", "cup/1", "old", "pot", "茶 碗"]],
  ["?q=tea", ["TEA-1", "cup/1", "old"]],
  ["?q=Tea-", ["TEA-1"]],
  ["?q=CUP%2F", ["cup/1"]],
  ["?q=%C3%A9mile", ["pot"]],
  ["?q=e%CC%81", ["pot"]],
  ["?q=%E8%8C%B6", ["茶 碗"]],
  ["?q=bowl", []],
  ["?q=%25", []],
  ["?sku=pot", ["pot"]],
  ["?sku=pot&sku=TEA-1&sku=none", ["TEA-1", "pot"]],
  ["?sku=pot&sku=cup%2F1&q=p", ["pot"]],
  ["?archived=true", ["old"]],
  ["?archived=false", ["TEA-1", "cup/1", "pot", "茶 碗"]],
  ["?stock=in", ["cup/1", "old", "pot", "茶 碗"]],
  ["?stock=out", ["TEA-1"]],
  ["?stock=low", ["cup/1", "old"]],
  ["?stock=low&lowStock=12&archived=false", ["cup/1", "pot"]],
  ["?sort=-sku", ["茶 碗", "pot", "old", "cup/1", "TEA-1"]],
  ["?sort=name", ["TEA-1", "cup/1", "old", "pot", "茶 碗"]],
  ["?sort=-name", ["茶 碗", "pot", "old", "cup/1", "TEA-1"]],
  ["?sort=createdAt", ["TEA-1", "cup/1", "茶 碗", "pot", "old"]],
  ["?sort=-createdAt&stock=in", ["old", "pot", "茶 碗", "cup/1"]],
])("GET /v1/products%s finds %j", async (query, found) => {
  expect(await skus(await openShop(), query)).toEqual(found);
});

test.each(["sku", "-sku", "name", "-name", "createdAt", "-createdAt"])(
  "goes through a list by %s page by page",
  async (sort) => {
    const api = await openShop();
    const whole = await skus(api, `?sort=${sort}`);
    const seen: string[] = [];
    for (let cursor = ""; ; ) {
      const page = await answered(200, api.get(`/v1/products?sort=${sort}&limit=2${cursor}`));
      seen.push(...(page["data"] as { sku: string }[]).map(({ sku }) => sku));
      if (page["nextCursor"] === null) break;
      cursor = `&cursor=${String(page["nextCursor"])}`;
    }
    expect(seen).toEqual(whole);
  },
);

test("finds a product by its new name, and no longer by its old one", async () => {
  const api = await openShop();
  const name = JSON.stringify({ name: "Kettle" });
  await api.send("PATCH", "/v1/products/pot", name, { "content-type": "application/json" });
  expect([await skus(api, "?q=kettle"), await skus(api, "?q=émile")]).toEqual([["pot"], []]);
});

test("does not take the cursor of another order, nor more than 200 SKUs", async () => {
  const api = await openShop();
  const { nextCursor } = await answered(200, api.get("/v1/products?sort=name&limit=1"));
  const cursor = `cursor=${String(nextCursor)}`;
  for (const query of [cursor, `sort=-name&${cursor}`, `sort=createdAt&${cursor}`]) {
    expect(await problemOf(await api.get(`/v1/products?${query}`))).toBe("400 invalid_cursor");
  }
  const many = (count: number) => Array.from({ length: count }, (_, n) => `sku=s${n}`).join("&");
  expect((await api.get(`/v1/products?${many(200)}`)).status).toBe(200);
  for (const query of [many(201), "sku=", "q=", "stock=some", "stock=low&lowStock=0", "sort=price", "archived=1"]) {
    expect(await problemOf(await api.get(`/v1/products?${query}`))).toBe("400 malformed_request");
  }
});
