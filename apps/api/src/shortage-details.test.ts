import type { LevelName, LocationId, Sku } from "@holdfast/domain";
import { expect, test } from "vitest";
import { ShortageDetails } from "./shortage-details.ts";
import { answered, opening, TestApi } from "./test-api.ts";

const at = (seconds: number) => new Date(opening + seconds * 1_000).toISOString();

/** What is said of each shortfall of a refusal. */
async function shortfallsOf(response: Promise<Response>): Promise<unknown> {
  return (await answered(409, response))["errors"];
}

test("a refusal says what is there, when units may be free again, and where else they are", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.createProduct({ sku: "cup", totalStock: 1 });
  for (const [locationId, delta] of [
    ["berlin", 3],
    ["rome", 5],
  ]) {
    await answered(201, api.post("/v1/locations", { id: locationId, name: String(locationId) }));
    await answered(201, api.post("/v1/stock-adjustments", { sku: "tea", locationId, delta, reason: "restock" }));
  }
  await api.placeOrder(4, { holdSeconds: 600, locationId: "main" });
  await api.placeOrder(4, { holdSeconds: 60, locationId: "main" });
  const cart = [
    { sku: "tea", quantity: 3 },
    { sku: "cup", quantity: 2 },
  ];
  expect(await shortfallsOf(api.post("/v1/orders", { lines: cart, locationId: "main" }))).toEqual([
    {
      message: "3 of tea were asked for, 2 are available",
      sku: "tea",
      locationId: "main",
      requested: 3,
      available: 2,
      nextExpiry: at(60),
      elsewhere: [
        { locationId: "rome", available: 5 },
        { locationId: "berlin", available: 3 },
      ],
    },
    {
      message: "2 of cup were asked for, 1 are available",
      sku: "cup",
      locationId: "main",
      requested: 2,
      available: 1,
    },
  ]);
});

test("a storm of refusals reads once a second, and no more", async () => {
  const clock = { at: 0, now: () => clock.at };
  const read: LevelName[] = [];
  const details = new ShortageDetails(
    {
      now: async () => 0 as never,
      product: async () => undefined,
      list: async () => [],
      nextExpiryOf: async (level) => {
        read.push(level);
        return (60_000 + read.length) as never;
      },
    },
    clock,
  );
  const short = { sku: "tea" as Sku, locationId: "main" as LocationId, requested: 1, available: 0 };
  const first = await Promise.all(Array.from({ length: 1_000 }, () => details.of([short])));
  expect(new Set(first.flat().map(({ nextExpiry }) => nextExpiry))).toEqual(new Set(["1970-01-01T00:01:00.001Z"]));
  clock.at = 999;
  await details.of([short]);
  expect(read).toHaveLength(1);
  clock.at = 1_000;
  expect(await details.of([short])).toEqual([{ nextExpiry: "1970-01-01T00:01:00.002Z" }]);
  expect(read).toHaveLength(2);
});

test("a refusal is answered without details where they cannot be read, and for no more than ten lines with them", async () => {
  const read: string[] = [];
  const details = new ShortageDetails(
    {
      now: async () => 0 as never,
      product: async () => undefined,
      list: async () => [],
      nextExpiryOf: async ({ sku }) => {
        read.push(sku);
        throw new Error("the database is away");
      },
    },
    { now: () => 0 },
  );
  const short = Array.from({ length: 12 }, (_, n) => ({
    sku: `tea-${n}` as Sku,
    locationId: "main" as LocationId,
    requested: 1,
    available: 0,
  }));
  expect(await details.of(short)).toEqual(short.map(() => ({})));
  expect(read).toHaveLength(10);
});

test("a refusal of a cart that names no place speaks of all that are active", async () => {
  const api = new TestApi();
  await api.createProduct({ totalStock: 4 });
  for (const [locationId, delta] of [
    ["berlin", 3],
    ["rome", 5],
  ]) {
    await answered(201, api.post("/v1/locations", { id: locationId, name: String(locationId) }));
    await answered(201, api.post("/v1/stock-adjustments", { sku: "tea", locationId, delta, reason: "restock" }));
  }
  await answered(200, api.patch("/v1/locations/rome", { active: false }));
  await api.placeOrder(1, { holdSeconds: 600, locationId: "main" });
  await api.placeOrder(1, { holdSeconds: 60, locationId: "berlin" });
  const lines = [{ sku: "tea", quantity: 6 }];
  const message = "6 of tea were asked for, 5 are available";
  expect(await shortfallsOf(api.post("/v1/orders", { lines }))).toEqual([
    { message, sku: "tea", requested: 6, available: 5, nextExpiry: at(60) },
  ]);
  expect(await shortfallsOf(api.post("/v1/orders", { lines, locationId: "main" }))).toMatchObject([
    { locationId: "main", available: 3, elsewhere: [{ locationId: "berlin", available: 2 }] },
  ]);
});
