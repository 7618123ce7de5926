import { expect, test } from "vitest";
import { limits } from "../limits.ts";
import { cancel, claim, create, note, orderId, place } from "../testing/commands.ts";
import { RulesShop } from "../testing/rules-shop.ts";

function shopWith(more: Parameters<typeof place>[2] = {}): RulesShop {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 1 }, more));
  return shop;
}

const web = { reference: "A-1", metadata: { channel: "web", gift: "yes" } };

test("writes on an order, entry by entry, and takes away what is null", () => {
  const shop = shopWith(web);
  expect(shop.order("o1")).toMatchObject({ ...web, version: 1 });
  expect(shop.ask(note("o1", { metadata: { gift: null, lane: "3" } }))).toEqual(["ok"]);
  expect(shop.order("o1")).toMatchObject({ reference: "A-1", metadata: { channel: "web", lane: "3" }, version: 2 });
  expect(Object.keys(shop.order("o1").metadata ?? {})).not.toContain("gift");
  expect(shop.ask(note("o1", { reference: null, metadata: null }))).toEqual(["ok"]);
  expect(Object.keys(shop.order("o1"))).not.toContain("reference");
  expect(Object.keys(shop.order("o1"))).not.toContain("metadata");
  expect(shop.stock("tea")).toBe("5/1/0/4");
});

test("writes on an order that has ended", () => {
  const shop = shopWith();
  expect(shop.ask(cancel("o1"), note("o1", { reference: "A-9" }))).toEqual(["ok", "ok"]);
  expect(shop.order("o1")).toMatchObject({ status: "CANCELLED", reference: "A-9" });
});

test("says what is there now, and nothing where a repeat changes nothing", () => {
  const shop = shopWith();
  const change = note("o1", { metadata: { channel: "web" }, ifVersion: 1 });
  expect(shop.batch(change).events).toMatchObject([
    { type: "OrderChanged", version: 2, metadata: { channel: "web" }, lines: [{ sku: "tea", quantity: 1 }] },
  ]);
  expect(shop.batch(change, note("o1", { metadata: { none: null } })).events).toEqual([]);
  expect(shop.order("o1").version).toBe(2);
});

test("is refused where the order has changed since it was read, or is none", () => {
  const shop = shopWith();
  shop.ask(note("o1", { reference: "A-1" }));
  expect(shop.outcome(note("o1", { reference: "A-2", ifVersion: 1 }))).toEqual({
    kind: "refused",
    failure: { code: "order_changed", orderId: orderId("o1"), version: 2 },
  });
  expect(shop.ask(note("o2", { reference: "A-2" }))).toEqual(["order_not_found"]);
});

test("keeps metadata within its bounds, whatever was there before", () => {
  const shop = shopWith();
  const entries = (from: number, count: number, value = "") =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${from + n}`, value]));
  expect(shop.ask(note("o1", { metadata: entries(10, limits.metadataEntriesMax) }))).toEqual(["ok"]);
  expect(shop.ask(note("o1", { metadata: entries(50, 1) }))).toEqual(["metadata_too_large"]);
  expect(shop.ask(note("o1", { metadata: { n10: null, n50: "" } }))).toEqual(["ok"]);
  const long = "x".repeat(limits.metadataSizeMax / 2);
  expect(shop.ask(note("o1", { metadata: { n11: long } }), note("o1", { metadata: { n12: long } }))).toEqual([
    "ok",
    "metadata_too_large",
  ]);
});

test.each([
  ["with details", web],
  ["without", {}],
])("a replay answers what was placed %s, whatever was written since", (_what, details) => {
  const shop = shopWith({ ...details, ...claim("k") });
  const placing = place("o1", { tea: 1 }, { ...details, ...claim("k") });
  const first = shop.outcome(placing);
  shop.ask(note("o1", { reference: "B-2", metadata: { gift: null, lane: "3" } }), note("o1", { reference: "B-3" }));
  expect(JSON.stringify(shop.outcome(placing))).toBe(JSON.stringify(first));
});

test("takes the names of JavaScript's own for names", () => {
  const shop = shopWith();
  const metadata = { constructor: "paper", toString: "yes" };
  expect(shop.ask(note("o1", { metadata } as never), note("o1", { metadata: { valueOf: null } as never }))).toEqual([
    "ok",
    "ok",
  ]);
  expect(shop.order("o1").metadata).toEqual(metadata);
});
