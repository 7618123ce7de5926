import { expect, test } from "vitest";
import type { AllocationPolicy } from "../allocation.ts";
import type { Command } from "../commands.ts";
import {
  adjust,
  cancel,
  cancelSold,
  changePlace,
  claim,
  confirm,
  expire,
  fulfil,
  giveBack,
  orderId,
  place,
  placeAnywhere,
  review,
} from "../testing/commands.ts";
import { placesOf, stocked } from "../testing/stocked-places.ts";

test.each<[AllocationPolicy, what: string, stock: Record<string, number>, cart: Record<string, number>, taken: string]>(
  [
    ["priority", "the first place alone", { tea: 2, "tea@berlin": 2 }, { tea: 2 }, "tea 2 main"],
    ["priority", "the next place for the rest", { tea: 1, "tea@berlin": 1 }, { tea: 2 }, "tea 1 main, tea 1 berlin"],
    [
      "priority",
      "each line by itself",
      { tea: 1, "tea@berlin": 9, "cup@berlin": 1, "cup@rome": 9 },
      { cup: 3, tea: 2 },
      "cup 1 berlin, cup 2 rome, tea 1 main, tea 1 berlin",
    ],
    ["priority", "places that have none are passed", { "tea@rome": 3 }, { tea: 3 }, "tea 3 rome"],
    ["fewest-splits", "one place that has all", { tea: 1, "tea@berlin": 9 }, { tea: 2 }, "tea 2 berlin"],
    ["fewest-splits", "of two that have all the first", { "tea@rome": 9, "tea@berlin": 9 }, { tea: 2 }, "tea 2 berlin"],
    [
      "fewest-splits",
      "the whole cart from one place, whatever others have of a line",
      { tea: 9, "tea@rome": 1, "cup@rome": 1 },
      { tea: 1, cup: 1 },
      "tea 1 rome, cup 1 rome",
    ],
    [
      "fewest-splits",
      "the place that has the most, and then the next",
      { tea: 2, "tea@berlin": 3, "tea@rome": 4 },
      { tea: 6 },
      "tea 2 main, tea 4 rome",
    ],
    [
      "priority",
      "a line's own place",
      { tea: 5, "tea@berlin": 5 },
      { "tea@berlin": 2, tea: 2 },
      "tea 2 main, tea 2 berlin",
    ],
    [
      "priority",
      "a line's own place first, whatever the others take",
      { tea: 2, "tea@berlin": 1 },
      { tea: 2, "tea@main": 1 },
      "tea 2 main, tea 1 berlin",
    ],
  ],
)("%s takes %s", (allocateBy, _what, stock, cart, taken) => {
  const shop = stocked(stock);
  expect(shop.ask(placeAnywhere("o1", cart, { allocateBy }))).toEqual(["ok"]);
  expect(placesOf(shop, "o1")).toBe(taken);
});

test("all of a cart is held or none of it, and a refusal speaks of all active places", () => {
  const shop = stocked({ tea: 1, "tea@berlin": 1, "tea@rome": 5, cup: 3 });
  shop.ask(changePlace("rome", { active: false }));
  const [outcome] = shop.batch(placeAnywhere("o1", { cup: 3, tea: 3 })).outcomes;
  expect(outcome).toMatchObject({
    failure: { code: "insufficient_stock", shortfalls: [{ sku: "tea", requested: 3, available: 2 }] },
  });
  expect(outcome).not.toHaveProperty("failure.shortfalls.0.locationId");
  expect([shop.stock("tea"), shop.stock("tea@berlin"), shop.stock("cup")]).toEqual(["1/0/0/1", "1/0/0/1", "3/0/0/3"]);
  shop.ask(changePlace("main", { active: false }), changePlace("berlin", { active: false }));
  expect(shop.ask(placeAnywhere("o2", { tea: 1 }))).toEqual(["insufficient_stock"]);
});

test("with one active place an order is as if it had named that", () => {
  const shop = stocked({ tea: 5, "tea@berlin": 5 });
  shop.ask(changePlace("main", { active: false }), changePlace("rome", { active: false }));
  shop.ask(placeAnywhere("o1", { tea: 2 }), place("o2", { tea: 2 }, { locationId: "berlin" }));
  const { id: _id, reservation: _reservation, ...one } = shop.order("o1");
  const { id: _other, reservation: _second, ...other } = shop.order("o2");
  expect(one).toEqual(other);
});

test("units of several places are sold, shipped and given back where they are", () => {
  const shop = stocked({ tea: 1, "tea@berlin": 3 });
  const stock = () => `${shop.stock("tea")} ${shop.stock("tea@berlin")}`;
  const after = (...commands: readonly Command[]) => [...shop.ask(...commands), stock()];
  expect(after(placeAnywhere("o1", { tea: 4 }))).toEqual(["ok", "1/1/0/0 3/3/0/0"]);
  expect(after(cancel("o1"))).toEqual(["ok", "1/0/0/1 3/0/0/3"]);
  expect(after(placeAnywhere("o2", { tea: 4 }), confirm("o2"))).toEqual(["ok", "ok", "1/0/1/0 3/0/3/0"]);
  expect(after(fulfil("f1", "o2", { tea: 2 }))).toEqual(["ok", "0/0/0/0 2/0/2/0"]);
  expect(after(fulfil("f2", "o2", { "tea@main": 1 }))).toEqual(["more_than_sold", "0/0/0/0 2/0/2/0"]);
  expect(after(cancelSold("r1", "o2", { "tea@berlin": 1 }))).toEqual(["ok", "0/0/0/0 2/0/1/1"]);
  expect(after(giveBack("r2", "o2", { tea: 2 }))).toEqual(["ok", "1/0/0/1 3/0/1/2"]);
  expect(after(giveBack("r3", "o2", { tea: 1 }))).toEqual(["more_than_shipped", "1/0/0/1 3/0/1/2"]);
  expect(after(fulfil("f3", "o2"))).toEqual(["ok", "1/0/0/1 2/0/0/2"]);
  expect(shop.order("o2")).toMatchObject({ fulfilmentStatus: "FULFILLED", refundDue: 3 * 450 });
});

test("a cart finds the units of the order that it replaces where that had them", () => {
  const shop = stocked({ tea: 2, "tea@berlin": 2 });
  shop.ask(placeAnywhere("o1", { tea: 3 }));
  expect(shop.ask(placeAnywhere("o2", { tea: 4 }, { replaces: orderId("o1") }))).toEqual(["ok"]);
  expect(placesOf(shop, "o2")).toBe("tea 2 main, tea 2 berlin");
});

test("a late payment has its units where they were or, where they have gone, anew", () => {
  const shop = stocked({ tea: 1, "tea@berlin": 1, "tea@rome": 2 });
  shop.ask(placeAnywhere("o1", { tea: 2 }, claim("k1")), expire("o1"));
  shop.seconds = 99;
  shop.ask(expire("o1"), place("o2", { tea: 1 }));
  expect(shop.ask(confirm("o1"))).toEqual(["ok"]);
  expect(placesOf(shop, "o1")).toBe("tea 1 berlin, tea 1 rome");
  const replay = shop.batch(placeAnywhere("o1", { tea: 2 }, claim("k1"))).outcomes;
  expect(replay).toMatchObject([
    { replayed: true, subject: { lines: [{ locationId: "main" }, { locationId: "berlin" }] } },
  ]);
  expect(shop.ask(fulfil("f1", "o1"))).toEqual(["ok"]);
  expect([shop.stock("tea@berlin"), shop.stock("tea@rome")]).toEqual(["0/0/0/0", "1/0/0/1"]);
});

test("a review sells an order from where its units are by then", () => {
  const shop = stocked({ tea: 1, "tea@berlin": 1 });
  shop.ask(placeAnywhere("o1", { tea: 2 }));
  shop.seconds = 99;
  shop.ask(expire("o1"), place("o2", { tea: 1 }));
  expect(shop.ask(confirm("o1", "pi_1", "review"))).toEqual(["late_payment_review_due"]);
  shop.ask(adjust("a9", "tea@rome", 5));
  expect(shop.ask(review("o1", "SELL"))).toEqual(["ok"]);
  expect(placesOf(shop, "o1")).toBe("tea 1 berlin, tea 1 rome");
});

test("an order that named its place is held anew nowhere else", () => {
  const shop = stocked({ tea: 2, "tea@berlin": 9 });
  shop.ask(place("o1", { tea: 1 }), placeAnywhere("o2", { "tea@main": 1 }));
  shop.seconds = 99;
  shop.ask(expire("o1"), expire("o2"), place("o3", { tea: 2 }));
  expect(shop.ask(confirm("o1"), confirm("o2"))).toEqual(["late_payment_refund_due", "late_payment_refund_due"]);
});
