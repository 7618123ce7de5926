import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "./limits.ts";
import { totalOf } from "./money.ts";

/** Amounts of all sizes, as likely near a bound as anywhere. */
const amount = fc
  .integer({ min: 0, max: 40 })
  .chain((bits) => fc.integer({ min: 0, max: Math.min(2 ** bits, limits.amountMax) }));
const quantity = fc.integer({ min: 1, max: limits.lineQuantityMax * limits.cartLinesMax });
const lines = fc.array(fc.record({ unitPrice: fc.record({ amount, currency: fc.constant("IDR") }), quantity }), {
  maxLength: limits.cartLinesMax,
});

test("a total is what whole numbers without a bound add up to, or is refused", () => {
  fc.assert(
    fc.property(lines, (cart) => {
      const exact = cart.reduce(
        (sum, { unitPrice, quantity: units }) => sum + BigInt(unitPrice.amount) * BigInt(units),
        0n,
      );
      const total = totalOf(cart);
      expect(total === undefined ? undefined : BigInt(total)).toBe(
        exact > BigInt(limits.totalAmountMax) ? undefined : exact,
      );
    }),
    { numRuns: 2_000 },
  );
});
