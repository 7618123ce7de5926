import { limits } from "./limits.ts";

/** An amount in whole minor units (cents, or yen where there are none) of one ISO 4217 currency. Never a float. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** Units of one thing, and the price of each. */
interface PricedLine {
  readonly unitPrice: Money;
  readonly quantity: number;
}

/**
 * What lines of one currency cost together, or `undefined` where that is more than `limits.totalAmountMax`.
 *
 * Exact: each step is of two exact integers, so a result up to 2^53 - 1 is exact, and one above it does not round below it.
 */
export function totalOf(lines: readonly PricedLine[]): number | undefined {
  let total = 0;
  for (const { unitPrice, quantity } of lines) {
    const amount = unitPrice.amount * quantity;
    total += amount;
    if (amount > limits.totalAmountMax || total > limits.totalAmountMax) return undefined;
  }
  return total;
}
