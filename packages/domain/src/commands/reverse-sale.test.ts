import { expect, test } from "vitest";
import { asPlaced, type Order } from "../order.ts";
import {
  cancelSold,
  claim,
  confirm,
  create,
  fulfil,
  giveBack,
  orderId,
  place,
  repay,
  reversalId,
} from "../testing/commands.ts";
import { live } from "../testing/live.ts";
import { RulesShop } from "../testing/rules-shop.ts";

/** Three units of tea at 4.50 sold, of which as many have left. */
function shopThatShipped(units: number): RulesShop {
  const shop = new RulesShop();
  shop.ask(create("tea", 10), create("cup", 10), place("o1", { tea: 3, cup: 1 }), confirm("o1", "p1"));
  if (units > 0) shop.ask(fulfil("f1", "o1", { tea: units }));
  return shop;
}

/** What tea of the order has left, was cancelled and came back; what is due back and went back. */
function state(shop: RulesShop): string {
  const { lines, fulfilmentStatus, refundDue, refunded } = shop.order("o1");
  const { fulfilledQuantity, cancelledQuantity, returnedQuantity } = lines[0] ?? {};
  return `${[fulfilledQuantity, cancelledQuantity, returnedQuantity].map((units) => units ?? 0).join("/")} ${fulfilmentStatus} ${refundDue ?? 0}/${refunded ?? 0}`;
}

test("a sale is undone step by step: its stock comes back, and its money is due to the cent", () => {
  const shop = live(
    [0, create("tea", 10), "ok", "tea 10/0/0/10", "-"],
    [1, place("o1", { tea: 5 }), "ok", "tea 10/5/0/5", "PENDING_PAYMENT"],
    [2, confirm("o1"), "ok", "tea 10/0/5/5", "CONFIRMED"],
    [3, cancelSold("r1", "o1", { tea: 1 }), "ok", "tea 10/0/4/6", "CONFIRMED"],
    [4, fulfil("f1", "o1", { tea: 3 }), "ok", "tea 7/0/1/6", "CONFIRMED"],
    [5, giveBack("r2", "o1", { tea: 1 }), "ok", "tea 8/0/1/7", "CONFIRMED"],
    [6, giveBack("r3", "o1", { tea: 1 }, { disposition: "DISCARD" }), "ok", "tea 8/0/1/7", "CONFIRMED"],
    [7, cancelSold("r4", "o1"), "ok", "tea 8/0/0/8", "CONFIRMED"],
    [8, giveBack("r5", "o1", undefined, { refund: false }), "ok", "tea 9/0/0/9", "CONFIRMED"],
    [9, giveBack("r6", "o1"), "nothing_to_reverse", "tea 9/0/0/9", "CONFIRMED"],
    [9, cancelSold("r7", "o1"), "nothing_to_reverse", "tea 9/0/0/9", "CONFIRMED"],
    [9, fulfil("f2", "o1"), "nothing_to_fulfil", "tea 9/0/0/9", "CONFIRMED"],
    [10, repay("m1", "o1", 1_000), "ok", "tea 9/0/0/9", "CONFIRMED"],
    [11, repay("m2", "o1", 801), "more_than_due", "tea 9/0/0/9", "CONFIRMED"],
    [12, repay("m3", "o1"), "ok", "tea 9/0/0/9", "CONFIRMED"],
    [13, repay("m4", "o1"), "nothing_due", "tea 9/0/0/9", "CONFIRMED"],
  );
  // Of five units at 4.50 four were given up with their money.
  expect(state(shop)).toBe("3/2/3 FULFILLED 0/1800");
  expect(shop.recount("tea", "never").sources).toEqual({ totalStock: 9, reservedStock: 0, committedStock: 0 });
});

test.each([
  ["cancelled than has yet to leave", cancelSold("r1", "o1", { tea: 3 }), "more_than_sold", { requested: 3, open: 2 }],
  ["returned than has left", giveBack("r1", "o1", { tea: 2 }), "more_than_shipped", { requested: 2, open: 1 }],
  ["returned of what has not left", giveBack("r1", "o1", { cup: 1 }), "more_than_shipped", { requested: 1, open: 0 }],
  [
    "cancelled of what was not ordered",
    cancelSold("r1", "o1", { pot: 1 }),
    "more_than_sold",
    { requested: 1, open: 0 },
  ],
])("refuses more %s, and changes nothing", (_what, command, code, excess) => {
  const shop = shopThatShipped(1);
  expect(shop.outcome(command)).toMatchObject({ kind: "refused", failure: { code, excesses: [excess] } });
  expect([shop.stock("tea"), state(shop)]).toEqual(["9/0/2/7", "1/0/0 PARTIAL 0/0"]);
});

test("a whole cancel makes all that was paid due back, and an order that has left in part is done with the rest of it", () => {
  const whole = shopThatShipped(0);
  expect(whole.ask(cancelSold("r1", "o1"))).toEqual(["ok"]);
  expect([whole.stock("tea"), whole.stock("cup"), state(whole)]).toEqual([
    "10/0/0/10",
    "10/0/0/10",
    "0/3/0 NONE 1800/0",
  ]);
  expect(whole.order("o1").total.amount).toBe(1_800);
  const part = shopThatShipped(3);
  expect(part.ask(cancelSold("r1", "o1"))).toEqual(["ok"]);
  expect(state(part)).toBe("3/0/0 FULFILLED 450/0");
});

test("makes one reversal and one repayment under a key", () => {
  const shop = shopThatShipped(1);
  const first = cancelSold("r1", "o1", { tea: 1 }, claim("k"));
  expect(shop.ask(first, { ...first, reversalId: reversalId("r2") })).toEqual(["ok", "replayed"]);
  expect(shop.ask(repay("m1", "o1", 100, claim("k")), repay("m2", "o1", 100, claim("k")))).toEqual(["ok", "replayed"]);
  expect(shop.ask(repay("m3", "o1", 200, claim("k", "other")))).toEqual(["idempotency_key_reused"]);
  expect(state(shop)).toBe("1/1/0 PARTIAL 350/100");
});

test("refuses an order that is not paid for, and one that does not exist", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 10), place("o1", { tea: 1 }));
  const asked = [
    cancelSold("r1", "o1"),
    giveBack("r2", "o1"),
    cancelSold("r3", "o2"),
    repay("m1", "o1"),
    repay("m2", "o2"),
  ];
  expect(shop.ask(...asked)).toEqual([
    "order_not_reversible",
    "order_not_reversible",
    "order_not_found",
    "nothing_due",
    "order_not_found",
  ]);
});

test("an order that was undone can still be shown as it was placed", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 10), place("o1", { tea: 2 }, claim("k")));
  const order = () => shop.snapshot.orders.get(orderId("o1")) as Order;
  const placed = order();
  shop.ask(
    confirm("o1"),
    fulfil("f1", "o1", { tea: 1 }),
    cancelSold("r1", "o1"),
    giveBack("r2", "o1"),
    repay("m1", "o1"),
  );
  expect(asPlaced(order())).toEqual(placed);
});

test("a fold follows what is given up, also late, and an explanation tells it apart", () => {
  const shop = shopThatShipped(2);
  shop.ask(giveBack("r2", "o1", { tea: 1 }));
  shop.foldAll();
  shop.ask(cancelSold("r1", "o1", { tea: 1 }), giveBack("r3", "o1", { tea: 1 }));
  const { sources, sums, foldIsWrong } = shop.recount("tea", "never");
  expect([sources, foldIsWrong]).toEqual([{ totalStock: 10, reservedStock: 0, committedStock: 0 }, undefined]);
  expect(sums.units).toMatchObject({ shippedUnits: 2, cancelledUnits: 1, restockedUnits: 2 });
  expect(shop.recount("tea").level.fold?.units).toMatchObject({ totalStock: 9, cancelledUnits: 1, restockedUnits: 1 });
});
