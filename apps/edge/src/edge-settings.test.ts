import { expect, test } from "vitest";
import { edgeSettings, shopAt } from "./edge-settings.ts";

const named = edgeSettings({ SHOPS: "tea, cups", SHOP_DOMAIN: "shops.example" });

test.each([
  ["tea.shops.example", "tea"],
  ["cups.shops.example", "cups"],
  ["hats.shops.example", undefined],
  ["a.tea.shops.example", undefined],
  ["shops.example", undefined],
  ["127.0.0.1", undefined],
])("%s is the host of %s", (host, shop) => {
  expect(shopAt(host, named)).toBe(shop);
});

test("has one shop on every host, and lets no one in without a key, unless it is set", () => {
  const settings = edgeSettings({});
  expect([shopAt("127.0.0.1", settings), shopAt("a.example", settings)]).toEqual(["main", "main"]);
  expect([settings.app.mayBeOpen, edgeSettings({ OPEN: "local" }).app.mayBeOpen]).toEqual([false, true]);
});

test.each([
  [{ SHOPS: "tea,cups" }, /SHOP_DOMAIN is missing/],
  [{ SHOPS: "Tea" }, /SHOPS must be/],
  [{ SHOPS: "tea,", SHOP_DOMAIN: "shops.example" }, /SHOPS must be/],
  [{ API_KEYS: "ops=short" }, /API_KEYS must be.*the value is not shown/],
])("refuses %o, and says why", (env, message) => {
  expect(() => edgeSettings(env)).toThrow(message);
});
