import { expect, test } from "vitest";
import { type AllocationPolicy, allocate, allocationPolicies } from "./allocation.ts";
import type { LocationId, Quantity, Sku } from "./ids.ts";
import { emptyLevel, levelKey } from "./stock-level.ts";
import { adjust, create, levelKeyNamed, open, place, placeAnywhere } from "./testing/commands.ts";
import { RulesShop } from "./testing/rules-shop.ts";

const places = ["main", "berlin", "rome"] as LocationId[];

/** What is available by `tea@berlin`, and how many units each level of a product may owe by `tea`. Levels that are left out do not exist. */
type Shelf = Readonly<Record<string, number>>;

/** Where a cart, by `tea` or `tea@berlin`, is taken from: `tea 1 main, tea 2 berlin`; or what all have of what it lacks. */
function takenOf(policy: AllocationPolicy, shelf: Shelf, owes: Shelf, cart: Shelf): string {
  const stock = new Map(Object.entries(shelf).map(([name, units]) => [levelKeyNamed(name), units]));
  const lines = Object.entries(cart).map(([name, quantity]) => {
    const [sku = "", locationId] = name.split("@");
    const at = locationId === undefined ? {} : { locationId: locationId as LocationId };
    return { sku: sku as Sku, ...at, quantity: quantity as Quantity };
  });
  const source = {
    levelAt: (sku: Sku, locationId: LocationId) => {
      const units = stock.get(levelKey(sku, locationId));
      // Below zero: promised beyond what is there.
      const figures = { totalStock: Math.max(0, units ?? 0), reservedStock: Math.max(0, -(units ?? 0)) };
      return units === undefined ? undefined : { ...emptyLevel(sku, locationId), ...figures };
    },
    limitOf: (sku: Sku) => owes[sku] ?? 0,
  };
  const { lines: taken, shortfalls = [] } = allocate(lines, places, source, policy);
  if (taken !== undefined) return taken.map((line) => `${line.sku} ${line.quantity} ${line.locationId}`).join(", ");
  return shortfalls.map(({ sku, requested, available }) => `${sku}: ${available} of ${requested}`).join(", ");
}

const backorders: readonly (readonly [what: string, shelf: Shelf, owes: Shelf, cart: Shelf, taken: string])[] = [
  [
    "nothing while all is there",
    { "tea@main": 1, "tea@berlin": 2 },
    { tea: 9 },
    { tea: 3 },
    "tea 1 main, tea 2 berlin",
  ],
  [
    "the rest at the first place, once nothing is left anywhere",
    { "tea@main": 1, "tea@berlin": 2 },
    { tea: 9 },
    { tea: 5 },
    "tea 3 main, tea 2 berlin",
  ],
  [
    "at the next place what the first may not owe",
    { "tea@main": 1, "tea@berlin": 2 },
    { tea: 3 },
    { tea: 8 },
    "tea 4 main, tea 4 berlin",
  ],
  [
    "all that every place may, and not a unit more",
    { "tea@main": 1, "tea@berlin": 2 },
    { tea: 3 },
    { tea: 9 },
    "tea 4 main, tea 5 berlin",
  ],
  ["a unit too many is refused", { "tea@main": 1, "tea@berlin": 2 }, { tea: 3 }, { tea: 10 }, "tea: 9 of 10"],
  [
    "the rest where the first owes some",
    { "tea@main": -2, "tea@berlin": 0 },
    { tea: 3 },
    { tea: 2 },
    "tea 1 main, tea 1 berlin",
  ],
  [
    "elsewhere what one that owes all it may cannot",
    { "tea@main": -3, "tea@berlin": 0 },
    { tea: 3 },
    { tea: 2 },
    "tea 2 berlin",
  ],
  [
    "nothing where more is short than may be owed",
    { "tea@main": -5, "tea@berlin": 1 },
    { tea: 3 },
    { tea: 5 },
    "tea: 4 of 5",
  ],
  ["nothing where a product never was", { "tea@rome": 0 }, { tea: 3 }, { tea: 2 }, "tea 2 rome"],
  [
    "of each product by itself",
    { "tea@main": 0, "cup@berlin": 2, "cup@rome": 0 },
    { tea: 4 },
    { cup: 2, tea: 2 },
    "cup 2 berlin, tea 2 main",
  ],
  [
    "nothing of a product that takes no backorders",
    { "tea@main": 0, "cup@main": 1 },
    { tea: 4 },
    { tea: 1, cup: 2 },
    "cup: 1 of 2",
  ],
  [
    "at a line's own place, though another has it",
    { "tea@main": 5, "tea@berlin": 1 },
    { tea: 3 },
    { "tea@berlin": 4, tea: 1 },
    "tea 1 main, tea 4 berlin",
  ],
  [
    "beside a line's own place what that leaves",
    { "tea@main": 0, "tea@berlin": 1 },
    { tea: 3 },
    { "tea@main": 3, tea: 2 },
    "tea 3 main, tea 2 berlin",
  ],
];

const byPolicy = allocationPolicies.flatMap((policy) => backorders.map((row) => [policy, ...row] as const));

test.each(byPolicy)("%s owes %s", (policy, _what, shelf, owes, cart, taken) => {
  expect(takenOf(policy, shelf, owes, cart)).toBe(taken);
});

test("what may be owed makes no place the one that has the most", () => {
  const shelf = { "tea@main": 0, "tea@berlin": 1, "tea@rome": 2 };
  expect(takenOf("fewest-splits", shelf, { tea: 9 }, { tea: 2 })).toBe("tea 2 rome");
  expect(takenOf("priority", shelf, { tea: 9 }, { tea: 2 })).toBe("tea 1 berlin, tea 1 rome");
  expect(takenOf("fewest-splits", shelf, { tea: 9 }, { tea: 4 })).toBe("tea 1 main, tea 1 berlin, tea 2 rome");
});

test.each(allocationPolicies)("by %s each line says how many of its units are owed, at its own place", (allocateBy) => {
  const shop = new RulesShop();
  shop.ask(open("rome", { priority: 2 }), create("tea", 1, { policies: { backorderLimit: 3 } }));
  shop.ask(adjust("a1", "tea@berlin", 2));
  expect(shop.ask(placeAnywhere("o1", { tea: 7 }, { allocateBy }))).toEqual(["ok"]);
  expect(shop.order("o1").lines).toMatchObject([
    { locationId: "main", quantity: 4, backorderedQuantity: 3 },
    { locationId: "berlin", quantity: 3, backorderedQuantity: 1 },
  ]);
  expect([shop.stock("tea"), shop.stock("tea@berlin"), shop.stock("tea@rome")]).toEqual([
    "1/4/0/-3",
    "2/3/0/-1",
    "none",
  ]);
  const refused = shop.ask(placeAnywhere("o2", { tea: 3 }, { allocateBy }), place("o3", { tea: 1 }));
  expect(refused).toEqual(["insufficient_stock", "insufficient_stock"]);
  expect(shop.ask(placeAnywhere("o4", { tea: 2 }, { allocateBy }))).toEqual(["ok"]);
  expect(shop.order("o4")).toMatchObject({ locationId: "berlin" });
});
