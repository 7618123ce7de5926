import { type OrderId, type Payment, type PaymentOutcome, paymentOutcomes } from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";

/** Every payment in the tables by its order, in the order of their numbers: found by what payments say, and not by what orders count. */
export function keptPayments({ entities: { payments } }: MemoryTables): Map<OrderId, Payment[]> {
  const sorted = [...payments.values()].sort((a, b) => a.number - b.number);
  return Map.groupBy(sorted, ({ orderId }) => orderId);
}

/** How many payments came to each outcome, in words. */
export function countedWords(countOf: (outcome: PaymentOutcome) => number): string {
  return paymentOutcomes.map((outcome) => `${countOf(outcome)} ${outcome}`).join(", ");
}
