import { expect, test } from "vitest";
import { hasMovedMoney, moneyDriftOf } from "./money-drift.ts";
import type { Order } from "./order.ts";
import type { Reversal } from "./reversal.ts";
import { cancelSold, confirm, create, fulfil, giveBack, place, repay } from "./testing/commands.ts";
import { RulesShop } from "./testing/rules-shop.ts";

/** An order of five teas for 450 each: one cancelled, one returned with and one without a refund, and some of it paid back. */
function sold() {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 5 }), confirm("o1", "pi_1"), cancelSold("r1", "o1", { tea: 1 }));
  shop.ask(fulfil("f1", "o1"), giveBack("r2", "o1", { tea: 1 }), giveBack("r3", "o1", { tea: 1 }, { refund: false }));
  shop.ask(repay("m1", "o1", 500));
  const { reversals, repayments } = shop.snapshot;
  const records = { reversals: [...reversals.values()], repayments: [...repayments.values()] };
  const { payments, ...order } = shop.order("o1");
  return { order, records: { ...records, payments } };
}

test("finds nothing where what was paid is sold, refunded or due", () => {
  const { order, records } = sold();
  expect([order.total.amount, order.refundDue, order.refunded]).toEqual([2_250, 400, 500]);
  expect(moneyDriftOf(order, records)).toEqual([]);
});

test.each<[what: string, change: Partial<Order>, drift: object[]]>([
  ["more due", { refundDue: 401 }, [{ figure: "refundDue", counted: 401, expected: 400 }]],
  ["less refunded", { refunded: 499 }, [{ figure: "refunded", counted: 499, expected: 500 }]],
  [
    "more due than was paid for what is gone",
    { refundDue: 851 },
    [
      { figure: "refundDue", counted: 851, expected: 400 },
      { figure: "sold", counted: 899, expected: 900 },
    ],
  ],
  ["a payment that sold nothing", { status: "CANCELLED" }, [{ figure: "payments", counted: 1, expected: 0 }]],
])("finds %s", (_what, change, drift) => {
  const { order, records } = sold();
  expect(moneyDriftOf({ ...order, ...change }, records)).toEqual(drift);
});

test("finds a reversal that is gone, and a payment that is", () => {
  const { order, records } = sold();
  const others: Reversal[] = records.reversals.slice(1);
  expect(moneyDriftOf(order, { ...records, reversals: others })).toEqual([
    { figure: "refundDue", counted: 400, expected: -50 },
  ]);
  expect(moneyDriftOf(order, { ...records, payments: [] })).toEqual([{ figure: "payments", counted: 0, expected: 1 }]);
});

test("knows which orders have money to be added up", () => {
  const { order } = sold();
  const { refundDue: _due, refunded: _refunded, ...rest } = order;
  expect(hasMovedMoney(order)).toBe(true);
  expect(hasMovedMoney(rest)).toBe(true);
  const lines = rest.lines.map(({ cancelledQuantity: _given, returnedQuantity: _back, ...line }) => line);
  expect(hasMovedMoney({ ...rest, lines })).toBe(false);
  expect(hasMovedMoney({ ...rest, lines, refunded: 1 })).toBe(true);
});
