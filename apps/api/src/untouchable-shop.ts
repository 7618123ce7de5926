import { expect } from "vitest";
import { problemOf, TestApi, tea } from "./test-api.ts";

/** An order for a product that the shop has. */
export const cart = { lines: [{ sku: "tea", quantity: 1 }] };

/** A product that the shop does not have. */
export const cup = { ...tea, sku: "cup" };

/** An adjustment of a product that the shop has. */
export const restock = { sku: "tea", delta: 1, reason: "restock" };

/** What the sources of the shop's stock add up to. */
export const expected = { totalStock: 10, reservedStock: 1, committedStock: 0 };

/** A correction to the figures that the level already has. */
export const correction = { sku: "tea", reason: "edited by hand", expected };

export const malformed = "400 malformed_request";

/** The order in the shop: ids count up. */
export const id = `ord_${"3".padStart(26, "0")}`;

/** Reads as a condition where a database is handed what came as JSON. */
export const operator = { $gt: "" };

export function long(length: number): string {
  return "x".repeat(length);
}

// One shop with some stock and an order serves a whole file of tests: nothing may change it.
const shop = new TestApi();
const before = shop
  .createProduct()
  .then(() => shop.placeOrder())
  .then(() => shop.stored("tea", "cup"));

/** Sends a request to the shop; compares all that is stored with what was stored before anything was sent. */
export async function expectRefusal(send: (api: TestApi) => Promise<Response>, outcome: string): Promise<void> {
  const untouched = await before;
  expect(untouched).toContain(id);
  const answer = await problemOf(await send(shop));
  expect([answer, await shop.stored("tea", "cup")]).toEqual([outcome, untouched]);
}
