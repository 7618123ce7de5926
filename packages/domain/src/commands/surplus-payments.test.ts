import { expect, test } from "vitest";
import type { Command } from "../commands.ts";
import { limits } from "../limits.ts";
import { cancel, confirm, create, expire, place, refund, review } from "../testing/commands.ts";
import { live, type Step } from "../testing/live.ts";
import { instant } from "../testing/rules-shop.ts";

/** Every end that an order can have, in which a new payment sells nothing, with the answer. */
const ends: readonly (readonly [what: string, steps: readonly Step[], first: number, code: string])[] = [
  [
    "sold in time",
    [...placed(), [9, confirm("o1", "pay-1"), "ok", "tea 2/0/2/0", "CONFIRMED"]],
    1,
    "order_already_paid",
  ],
  ["sold late", [...placed(), [61, confirm("o1", "pay-1"), "ok", "tea 2/0/2/0", "CONFIRMED"]], 1, "order_already_paid"],
  ["cancelled", [...placed(), [9, cancel("o1"), "ok", "tea 2/0/0/2", "CANCELLED"]], 0, "order_not_confirmable"],
  [
    "cancelled when its reservation had run out",
    [...placed(), [61, cancel("o1"), "ok", "tea 2/0/0/2", "CANCELLED"]],
    0,
    "order_not_confirmable",
  ],
  [
    "cancelled when it had expired",
    [
      ...placed(),
      [60, expire("o1"), "ok", "tea 2/0/0/2", "EXPIRED"],
      [61, cancel("o1"), "ok", "tea 2/0/0/2", "CANCELLED"],
    ],
    0,
    "order_not_confirmable",
  ],
  ["failed, with a refund due", failed("refund"), 1, "order_already_paid"],
  ["failed, with a review due", failed("review"), 1, "order_already_paid"],
  [
    "failed, refunded",
    [...failed("refund"), [64, refund("o1", "pay-1", "re-1"), "ok", "tea 2/0/0/2", "FAILED"]],
    1,
    "order_already_paid",
  ],
  [
    "failed, reviewed and sold",
    [...failed("review"), [64, review("o1", "SELL"), "ok", "tea 2/0/2/0", "CONFIRMED"]],
    1,
    "order_already_paid",
  ],
  [
    "failed, reviewed and not sold",
    [...failed("review"), [64, review("o1", "REFUND"), "ok", "tea 2/0/0/2", "FAILED"]],
    1,
    "order_already_paid",
  ],
];

function placed(): Step[] {
  return [
    [0, create("tea", 2), "ok", "tea 2/0/0/2", "-"],
    [0, place("o1", { tea: 2 }), "ok", "tea 2/2/0/0", "PENDING_PAYMENT"],
  ];
}

/** Paid when another order held the units, which are free again since. */
function failed(policy: "refund" | "review"): Step[] {
  return [
    ...placed(),
    [60, expire("o1"), "ok", "tea 2/0/0/2", "EXPIRED"],
    [60, place("o2", { tea: 1 }), "ok", "tea 2/1/0/1", "PENDING_PAYMENT"],
    [61, confirm("o1", "pay-1", policy), `late_payment_${policy}_due`, "tea 2/1/0/1", "FAILED"],
    [62, cancel("o2"), "ok", "tea 2/0/0/2", "CANCELLED"],
  ];
}

test.each(ends)("keeps each payment of an order that is %s, and sells nothing for it", (_what, steps, first, code) => {
  const shop = live(...steps);
  const before = shop.order("o1");
  const stock = shop.stock("tea");
  expect(before.payments).toHaveLength(first);
  const ask = (seconds: number, command: Command) => {
    shop.seconds = seconds;
    return shop.outcome(command);
  };
  const surplus = ["pay-2", "pay-3"].map((reference, n) => ({
    reference,
    at: instant(70 + n),
    outcome: "REFUND_DUE" as const,
  }));
  for (const [n, { reference }] of surplus.entries()) {
    const first = ask(70 + n, confirm("o1", reference, "review"));
    expect(first).toMatchObject({ kind: "refused", failure: { code }, subject: shop.order("o1") });
    // The second payment in between changes nothing about the first.
    expect(ask(80 + n, confirm("o1", reference))).toEqual(first);
  }
  expect(shop.order("o1")).toEqual({
    ...before,
    version: before.version + 2,
    paymentCounts: { ...before.paymentCounts, REFUND_DUE: (before.paymentCounts.REFUND_DUE ?? 0) + 2 },
    payments: [...before.payments, ...surplus],
  });
  expect(shop.stock("tea")).toBe(stock);
  expect(shop.journal.slice(-2).map(({ records }) => records.map(({ type }) => type))).toEqual([
    ["SurplusPaymentRecorded"],
    ["SurplusPaymentRecorded"],
  ]);
});

test("takes a payment without a reference for the one that the order has", () => {
  const steps: readonly Step[] = [...placed(), [9, cancel("o1"), "ok", "tea 2/0/0/2", "CANCELLED"]];
  const shop = live(
    ...steps,
    [10, confirm("o1", "pay-1"), "order_not_confirmable", "tea 2/0/0/2", "CANCELLED"],
    [11, confirm("o1"), "order_not_confirmable", "tea 2/0/0/2", "CANCELLED"],
  );
  expect(shop.order("o1").payments.map(({ reference }) => reference)).toEqual(["pay-1"]);
});

test("knows a payment that came without a reference from those that have one", () => {
  const shop = live(
    ...placed(),
    [9, confirm("o1"), "ok", "tea 2/0/2/0", "CONFIRMED"],
    [10, confirm("o1", "pay-1"), "order_already_paid", "tea 2/0/2/0", "CONFIRMED"],
    [11, confirm("o1"), "ok", "tea 2/0/2/0", "CONFIRMED"],
  );
  expect(shop.order("o1").payments).toEqual([
    { at: instant(9), outcome: "ON_TIME" },
    { reference: "pay-1", at: instant(10), outcome: "REFUND_DUE" },
  ]);
});

test("tells of a late payment the same, whatever came behind it", () => {
  live(
    ...failed("refund"),
    [70, confirm("o1", "pay-2"), "order_already_paid", "tea 2/0/0/2", "FAILED"],
    [71, confirm("o1", "pay-1"), "late_payment_refund_due", "tea 2/0/0/2", "FAILED"],
  );
  live(
    ...failed("review"),
    [70, confirm("o1", "pay-2"), "order_already_paid", "tea 2/0/0/2", "FAILED"],
    [71, review("o1", "SELL"), "ok", "tea 2/0/2/0", "CONFIRMED"],
    [72, confirm("o1", "pay-2"), "order_already_paid", "tea 2/0/2/0", "CONFIRMED"],
    [73, confirm("o1", "pay-1"), "ok", "tea 2/0/2/0", "CONFIRMED"],
  );
});

test("refuses a payment beyond what an order can keep with a code of its own", () => {
  const shop = live(...placed(), [9, confirm("o1", "pay-1"), "ok", "tea 2/0/2/0", "CONFIRMED"]);
  const max = limits.paymentsPerOrderMax;
  for (let n = 2; n <= max; n += 1) expect(shop.ask(confirm("o1", `pay-${n}`))).toEqual(["order_already_paid"]);
  expect(shop.outcome(confirm("o1", "one-more"))).toEqual({
    kind: "refused",
    failure: { code: "too_many_payments", orderId: shop.order("o1").id, paymentsMax: max },
  });
  expect(shop.order("o1").payments).toHaveLength(max);
  expect(shop.ask(confirm("o1", `pay-${max}`), confirm("o1", "pay-1"))).toEqual(["order_already_paid", "ok"]);
});
