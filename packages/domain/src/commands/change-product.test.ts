import { expect, test } from "vitest";
import { cancel, change, claim, confirm, create, place, review } from "../testing/commands.ts";
import { RulesShop } from "../testing/rules-shop.ts";

const price = { amount: 500, currency: "EUR" };

test("gives what it is asked to, keeps the rest, and counts versions", () => {
  const shop = new RulesShop();
  expect(shop.ask(create("tea", 5), change("tea", { name: "Tea" }), change("tea", { price }))).toEqual([
    "ok",
    "ok",
    "ok",
  ]);
  expect(shop.snapshot.products.get("tea")).toMatchObject({
    version: 3,
    name: "Tea",
    price,
    first: { name: "Fine tea", price: { amount: 450, currency: "EUR" } },
  });
  expect(shop.ask(change("pot", { name: "Pot" }))).toEqual(["product_not_found"]);
});

test("refuses a change of another version than the one seen, and takes a repeat of what is there", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), change("tea", { name: "Tea", ifVersion: 1 }));
  expect(shop.outcome(change("tea", { price, ifVersion: 1 }))).toEqual({
    kind: "refused",
    failure: { code: "product_changed", sku: "tea", version: 2 },
  });
  expect(shop.batch(change("tea", { name: "Tea", ifVersion: 1 })).events).toEqual([]);
  expect(shop.ask(change("tea", { price, ifVersion: 2 }))).toEqual(["ok"]);
});

test("sells nothing of an archived product, and ends what was ordered before as ever", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), create("cup", 5), place("o1", { tea: 1 }), place("o2", { tea: 1 }));
  shop.ask(place("o3", { tea: 1 }), change("tea", { archived: true }));
  expect(shop.outcome(place("o4", { tea: 1, cup: 1 }))).toEqual({
    kind: "refused",
    failure: { code: "product_archived", skus: ["tea"] },
  });
  expect(shop.ask(confirm("o1"), cancel("o2"))).toEqual(["ok", "ok"]);
  shop.seconds = 60;
  expect(shop.ask(confirm("o3", "p1", "review"), review("o3", "SELL"))).toEqual(["ok", "order_not_reviewable"]);
  expect(shop.stock("tea")).toBe("5/0/2/3");
  expect(shop.ask(change("tea", { archived: false }), place("o5", { tea: 3 }))).toEqual(["ok", "ok"]);
  expect(shop.snapshot.products.get("tea")).not.toHaveProperty("archivedAt");
});

test("replays a creation with the product as it was created", () => {
  const shop = new RulesShop();
  const created = shop.outcome(create("tea", 5, claim("k")));
  shop.ask(change("tea", { name: "Tea", price }), change("tea", { name: "Finer tea", archived: true }));
  expect(shop.outcome(create("tea", 5, claim("k")))).toEqual({ ...created, replayed: true });
});
