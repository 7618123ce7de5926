import { expect, test } from "vitest";
import { snapshotOf } from "./snapshot.ts";
import { adjust, claim, create, place } from "./testing/commands.ts";
import { RulesShop } from "./testing/rules-shop.ts";

test("finds everything again by its name and its key", () => {
  const shop = new RulesShop();
  shop.ask(
    create("tea", 5, claim("k1")),
    create("cup", 5),
    adjust("a1", "tea@berlin", 1, claim("k2")),
    place("o1", { tea: 1 }, claim("k3")),
    place("o2", { cup: 1 }),
  );
  const { products, locations, levels, orders, adjustments, takenSkus } = shop.snapshot;
  const loaded = snapshotOf({
    products: [...products.values()].reverse(),
    locations: [...locations.values()].reverse(),
    levels: [...levels.values()].reverse(),
    orders: [...orders.values()].reverse(),
    adjustments: [...adjustments.values()].reverse(),
    takenSkus: [...takenSkus.values()].reverse(),
  });
  expect(loaded).toEqual({ ...shop.snapshot });
  const { products: product, adjustments: adjustment, orders: order } = loaded.claims;
  expect([...product.keys(), ...adjustment.keys(), ...order.keys()]).toEqual(["k1", "k2", "k3"]);
});

test("has nothing where nothing was loaded", () => {
  const { claims, ...tables } = snapshotOf({});
  expect([...Object.values(tables), ...Object.values(claims)].every(({ size }) => size === 0)).toBe(true);
});
