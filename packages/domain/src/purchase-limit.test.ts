import { describe, expect, test } from "vitest";
import type { CustomerId, Sku } from "./ids.ts";
import { buyerKey, movedPurchases, purchasesIn } from "./purchases.ts";
import { ReadPlan } from "./reads.ts";
import {
  cancel,
  cancelSold,
  change,
  confirm,
  create,
  expire,
  fulfil,
  giveBack,
  place,
  review,
} from "./testing/commands.ts";
import { RulesShop } from "./testing/rules-shop.ts";

const ann = { customerId: "ann" };
const day = 86_400;

/** A shop whose tea a customer may have three of a day. */
function limitedShop(): RulesShop {
  const shop = new RulesShop();
  shop.ask(create("tea", 50, { policies: { purchaseLimit: { quantity: 3, windowSeconds: day } } }), create("cup", 50));
  return shop;
}

function counted(shop: RulesShop, customer = "ann"): number {
  const known = purchasesIn(shop.snapshot, buyerKey(customer as CustomerId, "tea" as Sku));
  return known.reduce((sum, { units }) => sum + units, 0);
}

function runOut(shop: RulesShop): readonly string[] {
  shop.seconds = 60;
  return shop.ask(expire("o1"));
}

describe("a product with a purchase limit", () => {
  test("is sold to each customer up to it, whatever order and batch it is in", () => {
    const shop = limitedShop();
    expect(
      shop.ask(place("o1", { tea: 2 }, ann), place("o2", { tea: 2 }, ann), place("o3", { tea: 1, cup: 9 }, ann)),
    ).toEqual(["ok", "purchase_limit_exceeded", "ok"]);
    expect(shop.outcome(place("o4", [["tea", 1]], ann))).toEqual({
      kind: "refused",
      failure: {
        code: "purchase_limit_exceeded",
        excesses: [{ sku: "tea", requested: 1, purchased: 3, quantityMax: 3, windowSeconds: day }],
      },
    });
    expect(
      shop.ask(place("o5", { tea: 1 }, { ...ann, dryRun: true }), place("o6", { tea: 3 }, { customerId: "bob" })),
    ).toEqual(["purchase_limit_exceeded", "ok"]);
  });

  test("is not sold to a guest", () => {
    expect(limitedShop().outcome(place("o1", { cup: 1, tea: 1 }))).toEqual({
      kind: "refused",
      failure: { code: "customer_required", skus: ["tea"] },
    });
  });

  test("counts the lines of one cart together", () => {
    const cart = [
      ["tea", 2],
      ["tea", 2],
    ] as const;
    expect(limitedShop().ask(place("o1", cart, ann))).toEqual(["purchase_limit_exceeded"]);
  });

  test.each<[what: string, end: (shop: RulesShop) => readonly string[], left: number]>([
    ["cancelled", (shop) => shop.ask(cancel("o1")), 0],
    ["run out", runOut, 0],
    ["paid", (shop) => shop.ask(confirm("o1")), 3],
    ["shipped", (shop) => shop.ask(confirm("o1"), fulfil("f1", "o1")), 3],
    ["cancelled in part after payment", (shop) => shop.ask(confirm("o1"), cancelSold("r1", "o1", { tea: 1 })), 2],
    ["returned in part", (shop) => shop.ask(confirm("o1"), fulfil("f1", "o1"), giveBack("r1", "o1", { tea: 2 })), 1],
    ["returned", (shop) => shop.ask(confirm("o1"), fulfil("f1", "o1"), giveBack("r1", "o1")), 0],
  ])("of an order that is %s counts what the customer keeps", (_what, end, left) => {
    const shop = limitedShop();
    shop.ask(place("o1", { tea: 3 }, ann));
    expect(end(shop).every((word) => word === "ok")).toBe(true);
    expect(counted(shop)).toBe(left);
    expect(shop.snapshot.purchases.size).toBe(left === 0 ? 0 : 1);
    expect(shop.ask(place("o2", { tea: 4 - left }, ann), place("o3", { tea: 3 - left || 1 }, ann))).toEqual([
      "purchase_limit_exceeded",
      left === 3 ? "purchase_limit_exceeded" : "ok",
    ]);
  });

  test("counts what was bought within the window, and keeps no more", () => {
    const shop = limitedShop();
    shop.ask(place("o1", { tea: 3 }, ann), confirm("o1"));
    shop.seconds = day - 1;
    expect(shop.ask(place("o2", { tea: 1 }, ann))).toEqual(["purchase_limit_exceeded"]);
    shop.seconds = day;
    expect(shop.ask(place("o3", { tea: 2 }, ann))).toEqual(["ok"]);
    expect(counted(shop)).toBe(2);
    // What has left the window counts no more, also when it comes back.
    expect(shop.ask(fulfil("f1", "o1"), giveBack("r1", "o1"), place("o4", { tea: 1 }, ann))).toEqual([
      "ok",
      "ok",
      "ok",
    ]);
    expect(counted(shop)).toBe(3);
  });

  test("lets a cart take over the units of the order that it replaces", () => {
    const shop = limitedShop();
    shop.ask(place("o1", { tea: 3 }, ann));
    const replaces = place("o1", {}).orderId;
    expect(
      shop.ask(place("o2", { tea: 4 }, { ...ann, replaces }), place("o3", { tea: 3 }, { ...ann, replaces })),
    ).toEqual(["purchase_limit_exceeded", "ok"]);
    expect(counted(shop)).toBe(3);
  });

  test("counts from when it has the limit on, by the limit of the moment", () => {
    const shop = new RulesShop();
    const limit = (quantity: number) =>
      change("tea", { policies: { purchaseLimit: { quantity, windowSeconds: day } } });
    shop.ask(create("tea", 50), place("o1", { tea: 9 }, ann), limit(3), place("o2", { tea: 3 }, ann));
    expect(shop.ask(limit(2), confirm("o2"), place("o3", { tea: 1 }, ann))).toEqual([
      "ok",
      "ok",
      "purchase_limit_exceeded",
    ]);
    expect(shop.ask(limit(5), place("o4", { tea: 2 }, ann))).toEqual(["ok", "ok"]);
    expect(shop.ask(change("tea", { policies: { purchaseLimit: null } }), place("o5", { tea: 9 }))).toEqual([
      "ok",
      "ok",
    ]);
  });
});

test("a limit that is set anew, and in the order's own batch, counts what was counted before", () => {
  const shop = limitedShop();
  const limit = (quantity: number | null) =>
    change("tea", { policies: { purchaseLimit: quantity === null ? null : { quantity, windowSeconds: day } } });
  shop.ask(place("o1", { tea: 3 }, ann), limit(null));
  shop.ask(place("o2", { tea: 9 }, ann));
  expect(shop.ask(limit(3), place("o3", { tea: 1 }, ann))).toEqual(["ok", "purchase_limit_exceeded"]);
  const plan = new ReadPlan([place("o4", { tea: 1, cup: 1 }, ann)]);
  plan.next();
  plan.add({ products: [...shop.snapshot.products.values()] });
  expect(plan.next()?.purchases).toEqual(new Set([buyerKey("ann" as CustomerId, "tea" as Sku)]));
});

test("a step that moves no unit leaves the purchases alone, which it has not looked at", () => {
  const shop = limitedShop();
  shop.ask(place("o1", { tea: 2 }, ann));
  const order = shop.order("o1");
  expect(movedPurchases({ ...shop.snapshot, purchases: new Map() }, { ...order, version: 2 })).toEqual([]);
});

describe("a late payment", () => {
  test("sells while the limit allows, and counts again", () => {
    const shop = limitedShop();
    shop.ask(place("o1", { tea: 3 }, ann));
    shop.seconds = 60;
    expect(shop.ask(expire("o1"), confirm("o1"), place("o2", { tea: 1 }, ann))).toEqual([
      "ok",
      "ok",
      "purchase_limit_exceeded",
    ]);
    expect(counted(shop)).toBe(3);
  });

  test("sells nothing where the customer has bought as much meanwhile", () => {
    const shop = limitedShop();
    shop.ask(place("o1", { tea: 3 }, ann));
    shop.seconds = 60;
    shop.ask(expire("o1"), place("o2", { tea: 1 }, ann));
    expect(shop.ask(confirm("o1", "p1", "review"), review("o1", "SELL"))).toEqual([
      "late_payment_review_due",
      "purchase_limit_exceeded",
    ]);
    expect(shop.ask(cancel("o2"), review("o1", "SELL"))).toEqual(["ok", "ok"]);
    expect(counted(shop)).toBe(3);
  });
});
