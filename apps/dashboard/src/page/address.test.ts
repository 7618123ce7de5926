import { expect, test } from "vitest";
import { linkTo, readAddress } from "./address.ts";

const texts = ["A/B & c+.d", "茶 碗", "50% off?", "a@main", "..a", "#1", "a;b=c", "%2F", "__proto__", "🍵", "a?b&c=d"];

test.each(texts)("a link to %s leads to it", (text) => {
  expect(readAddress(linkTo({ screen: "products", id: text }))).toEqual({ screen: "products", id: text, query: {} });
  const query = { sku: text, cursor: "abc" };
  expect(readAddress(linkTo({ screen: "orders", query }))).toEqual({ screen: "orders", query });
});

test.each([
  ["nothing", ""],
  ["the board's own link", linkTo({ screen: "today" })],
  ["no screen of ours", "#/cellar"],
  ["broken escapes", "#/products/%E0%A4%A"],
  ["one part too many", "#/orders/ord_1/lines"],
])("today's board is where %s leads to", (_case, hash) => {
  expect(readAddress(hash)).toEqual({ screen: "today", query: {} });
});

test("leaves out what a search does not name", () => {
  expect(linkTo({ screen: "orders", query: { reference: "", sku: "tea" } })).toBe("#/orders?sku=tea");
  expect(linkTo({ screen: "orders", query: { reference: "" } })).toBe("#/orders");
});
