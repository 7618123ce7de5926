import { expect, test } from "vitest";
import { limits } from "./limits.ts";
import { totalOf } from "./money.ts";

const { amountMax, cartLinesMax, lineQuantityMax, totalAmountMax } = limits;
const line = (amount: number, quantity: number) => ({ unitPrice: { amount, currency: "IDR" }, quantity });

test.each([
  ["nothing", [], 0],
  ["a price of nothing", [line(0, 3)], 0],
  ["one line", [line(19, 3)], 57],
  ["several", [line(1, 1), line(20, 1), line(150, 2)], 321],
  ["a laptop in rupiah", [line(2_500_000_000, 10_000)], 25_000_000_000_000],
  ["the most that is exact", [line(totalAmountMax, 1)], totalAmountMax],
  ["the most that is exact, in two lines", [line(amountMax, 9_007), line(199_254_740_991, 1)], 9_007_199_254_740_991],
  ["one more than that", [line(amountMax, 9_007), line(199_254_740_992, 1)], undefined],
  ["a line that rounds to the next even number", [line(amountMax, 9_007), line(199_254_740_993, 1)], undefined],
  ["a cart at every limit", Array.from({ length: cartLinesMax }, () => line(amountMax, lineQuantityMax)), undefined],
])("adds up %s", (_what, lines, total) => {
  expect(totalOf(lines)).toBe(total);
});
