import { expect, test } from "vitest";
import { answered, problemOf, TestApi, tea } from "../test-api.ts";
import {
  afterTheSale,
  betweenPlaces,
  callsWithSkus,
  countAndList,
  EveryCall,
  stockAndSell,
} from "./test-every-call.ts";

const skus = ["A/B & c+.d", "茶 碗", "50% off?", "a@main", "..a", "#1", "a;b=c", "%2F", "__proto__", "🍵".repeat(128)];

/** What is asked with a SKU, and what the answer has to name it by: the same in Unicode's NFC. */
const spellings: (readonly [asked: string, answered: string])[] = [
  ...skus.map((sku) => [sku, sku] as const),
  ["cafe\u0301/cre\u0300me", "caf\u00e9/cr\u00e8me"],
  ["\u1112\u1161\u11ab & +", "\ud55c & +"],
];

test.each(spellings)("takes the SKU %s through every call", async (given, sku) => {
  const api = new TestApi({ settings: { latePayment: "review" } });
  await api.createProduct({ sku: "another" });
  const day = new EveryCall(api, given, sku);
  await stockAndSell(day);
  await afterTheSale(day);
  await betweenPlaces(day);
  await countAndList(day);
  expect(callsWithSkus.filter((call) => !day.asked.has(call))).toEqual([]);
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
