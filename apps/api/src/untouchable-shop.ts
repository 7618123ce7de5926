import { expect } from "vitest";
import { problemOf, TestApi } from "./test-api.ts";

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
