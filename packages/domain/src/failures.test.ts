import { expect, test } from "vitest";
import type { Command } from "./commands.ts";
import { type FailureCode, failureCodes } from "./failures.ts";
import { adjust, cancel, claim, confirm, correct, create, expire, place, refund, review } from "./testing/commands.ts";
import { RulesShop } from "./testing/rules-shop.ts";

const reused = claim("k", "other body");

/** Commands to which two failures apply, or that come near to a second one: the two, the one that is told first. */
const doubles: readonly (readonly [FailureCode, FailureCode, Command])[] = [
  ["idempotency_key_reused", "product_exists", create("tea", 1, reused)],
  ["idempotency_key_reused", "sku_differs_by_case", create("TEA", 1, reused)],
  ["idempotency_key_reused", "product_not_found", adjust("a9", "pot", 1, reused)],
  ["idempotency_key_reused", "stock_limit_exceeded", adjust("a9", "tea", 1_000_000_000, reused)],
  ["idempotency_key_reused", "stock_promised", adjust("a9", "tea", -9, reused)],
  ["idempotency_key_reused", "product_not_found", place("o9", { pot: 1 }, reused)],
  ["idempotency_key_reused", "currency_mismatch", place("o9", { tea: 1, yen: 1 }, reused)],
  ["idempotency_key_reused", "insufficient_stock", place("o9", { tea: 9 }, reused)],
  ["product_not_found", "stock_limit_exceeded", adjust("a9", "pot", 1_000_000_001)],
  ["product_not_found", "stock_promised", adjust("a9", "pot", -1)],
  ["product_not_found", "nothing_to_correct", correct("c9", "pot", 0, 0, 0)],
  ["nothing_to_correct", "drift_changed", correct("c9", "tea", 9, 9, 9)],
  ["nothing_to_correct", "stock_promised", correct("c9", "tea", 0, 9, 9)],
  ["product_not_found", "currency_mismatch", place("o9", { tea: 1, yen: 1, pot: 1 })],
  ["product_not_found", "insufficient_stock", place("o9", { tea: 9, pot: 1 })],
  ["currency_mismatch", "order_total_too_large", place("o9", { tea: 1, yen: 1, yacht: 10_000 })],
  ["order_total_too_large", "hold_limit_exceeded", place("o9", { yacht: 10_000 }, { bounds: { unitsPerKeyMax: 5 } })],
  ["order_total_too_large", "insufficient_stock", place("o9", { yacht: 10_000 })],
  ["currency_mismatch", "insufficient_stock", place("o9", { tea: 9, yen: 1 })],
  ["product_not_found", "hold_limit_exceeded", place("o9", { tea: 9, pot: 1 }, { bounds: { unitsPerKeyMax: 5 } })],
  ["currency_mismatch", "hold_limit_exceeded", place("o9", { tea: 9, yen: 1 }, { bounds: { unitsPerKeyMax: 5 } })],
  ["hold_limit_exceeded", "insufficient_stock", place("o9", { tea: 9 }, { bounds: { unitsPerKeyMax: 5 } })],
];

test.each(doubles)("tells %s before %s", (first, second, command) => {
  const shop = new RulesShop();
  shop.ask(
    create("tea", 5, claim("k")),
    create("yen", 5, { price: { amount: 1, currency: "JPY" } }),
    create("yacht", 5, { price: { amount: 1_000_000_000_000, currency: "EUR" } }),
    adjust("a1", "tea", 1, claim("k")),
    place("o1", { tea: 1 }, claim("k")),
  );
  const order = Object.keys(failureCodes);
  expect([order.indexOf(first) < order.indexOf(second), ...shop.ask(command)]).toEqual([true, first]);
});

test.each([
  ["confirm", confirm("o1"), "order_not_found"],
  ["cancel", cancel("o1"), "order_not_found"],
  ["expire", expire("o1"), "order_not_found"],
  ["review", review("o1", "SELL"), "order_not_found"],
  ["refund", refund("o1"), "order_not_found"],
] as const)("names the order that a %s looked for", (_what, command, code) => {
  expect(new RulesShop().outcome(command)).toEqual({ kind: "refused", failure: { code, orderId: command.orderId } });
});

test("calls retryable what time or a restock can mend, and nothing else", () => {
  const retryable = Object.entries(failureCodes).filter(([, kind]) => kind.retryable);
  expect(retryable.map(([code]) => code)).toEqual([
    "order_not_due",
    "not_yet_released",
    "purchase_limit_exceeded",
    "hold_limit_exceeded",
    "stock_not_there",
    "stock_promised",
    "insufficient_stock",
  ]);
});
