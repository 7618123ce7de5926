import fc from "fast-check";
import { expect, test } from "vitest";
import type { OrderId, Sku } from "./ids.ts";
import { movementsOf } from "./movements.ts";
import type { Order } from "./order.ts";
import { countsAfter, isSold, paymentCountOf, paymentsOf } from "./payment.ts";
import { shownOrder } from "./shown-order.ts";
import { availableStock, type Balances, emptyLevel, levelKey, type StockLevel } from "./stock-level.ts";
import { commandsOf, history } from "./test-history.ts";
import { instant, RulesShop } from "./testing/rules-shop.ts";
import { wordOf } from "./testing/words.ts";

test("a batch answers as the same commands one by one", () => {
  fc.assert(
    fc.property(history, (batches) => {
      const together = new RulesShop();
      const apart = new RulesShop();
      for (const { wait, commands } of commandsOf(batches)) {
        together.seconds += wait;
        apart.seconds += wait;
        const { outcomes } = together.batch(...commands);
        expect(outcomes).toEqual(commands.map((command) => apart.outcome(command)));
        expect({ ...together.snapshot }).toEqual({ ...apart.snapshot });
      }
      expect(together.journal.flatMap(movementsOf)).toEqual(apart.journal.flatMap(movementsOf));
    }),
    { numRuns: 60 },
  );
});

test("every counter adds up after every command", () => {
  fc.assert(
    fc.property(history, (batches) => {
      const shop = new RulesShop();
      for (const { wait, commands } of commandsOf(batches)) {
        shop.seconds += wait;
        for (const command of commands) {
          expect(wordOf(shop.outcome(command))).not.toBe("broken");
          for (const level of shop.snapshot.levels.values()) {
            expect(availableStock(level)).toBeGreaterThanOrEqual(0);
            expect(level).toEqual(countedAnew(shop, level));
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("the journal folds to the levels, one version a movement", () => {
  fc.assert(
    fc.property(history, (batches) => {
      const shop = new RulesShop();
      for (const { wait, commands } of commandsOf(batches)) {
        shop.seconds += wait;
        shop.batch(...commands);
      }
      const last = new Map<string, StockLevel>();
      for (const { after } of shop.journal.flatMap(movementsOf)) {
        const key = levelKey(after.sku, after.locationId);
        expect(after.version).toBe((last.get(key)?.version ?? 0) + 1);
        last.set(key, after);
      }
      for (const [key, level] of shop.snapshot.levels) {
        expect(level).toEqual(last.get(key) ?? emptyLevel(level.sku, level.locationId));
      }
    }),
    { numRuns: 60 },
  );
});

test("no reservation ends before its time, and what has ended stays so", () => {
  fc.assert(
    fc.property(history, (batches) => {
      const shop = new RulesShop();
      for (const { wait, commands } of commandsOf(batches)) {
        shop.seconds += wait;
        for (const command of commands) {
          const before = shop.snapshot.orders;
          shop.outcome(command);
          for (const [id, { status, version, reservation }] of before) {
            const after = shop.snapshot.orders.get(id);
            if (after?.version === version) continue;
            expect(legalSteps[status]).toContain(after?.status);
            if (after?.status === "EXPIRED")
              expect(instant(shop.seconds)).toBeGreaterThanOrEqual(reservation.expiresAt);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("keeps each payment that it is asked to, once, and sells for one of them", () => {
  fc.assert(
    fc.property(history, (batches) => {
      const shop = new RulesShop();
      const reported = new Map<OrderId, Set<string | undefined>>();
      for (const { wait, commands } of commandsOf(batches)) {
        shop.seconds += wait;
        for (const command of commands) {
          const before = "orderId" in command ? shop.snapshot.orders.get(command.orderId) : undefined;
          const outcome = shop.outcome(command);
          if (command.type !== "ConfirmOrder" || before === undefined) continue;
          if (outcome.kind === "refused")
            expect(outcome.subject).toEqual(
              shownOrder(shop.snapshot.orders.get(command.orderId) as Order, shop.snapshot),
            );
          // Without a reference it means whatever payment there is.
          if (command.paymentReference === undefined && paymentCountOf(before) > 0) continue;
          const references = reported.get(command.orderId) ?? new Set();
          reported.set(command.orderId, references.add(command.paymentReference));
        }
      }
      for (const order of shop.snapshot.orders.values()) {
        const payments = paymentsOf(order, shop.snapshot);
        expect(payments.map(({ reference }) => reference)).toEqual([...(reported.get(order.id) ?? [])]);
        const counts = payments.reduce((counted, { outcome }) => countsAfter(counted, undefined, outcome), {});
        expect(order.paymentCounts).toEqual(counts);
        expect(payments.filter(isSold)).toHaveLength(order.status === "CONFIRMED" ? 1 : 0);
      }
    }),
    { numRuns: 60 },
  );
});

const legalSteps = {
  PENDING_PAYMENT: ["PENDING_PAYMENT", "CONFIRMED", "CANCELLED", "EXPIRED"],
  EXPIRED: ["EXPIRED", "CONFIRMED", "FAILED", "CANCELLED"],
  CONFIRMED: ["CONFIRMED"],
  CANCELLED: ["CANCELLED"],
  FAILED: ["CONFIRMED", "FAILED"],
} as const;

/** A level worked out from orders, adjustments and what has left alone; its version from the journal. */
function countedAnew(shop: RulesShop, level: Balances): Balances {
  const units = (status: string) => {
    let sum = 0;
    for (const each of shop.snapshot.orders.values()) {
      if (each.status !== status || each.locationId !== level.locationId) continue;
      for (const line of each.lines) if (line.sku === (level.sku as Sku)) sum += line.quantity;
    }
    return sum;
  };
  const isHere = (each: { readonly sku: string; readonly locationId: string }) =>
    each.sku === level.sku && each.locationId === level.locationId;
  const sum = <T extends { readonly sku: string; readonly locationId: string }>(
    all: readonly T[],
    of: (each: T) => number,
  ) => all.filter(isHere).reduce((units, each) => units + of(each), 0);
  const { adjustments, fulfilments, reversals, receipts, transfers } = shop.snapshot;
  const left = sum(
    [...fulfilments.values()].flatMap(({ lines }) => lines),
    ({ quantity }) => quantity,
  );
  const givenUp = [...reversals.values()].flatMap(({ lines }) => lines);
  const back = sum(givenUp, ({ disposition, quantity }) => (disposition === "RESTOCK" ? quantity : 0));
  const cancelled = sum(givenUp, ({ disposition, quantity }) => (disposition === "CANCELLED" ? quantity : 0));
  const arrived = sum(
    [...receipts.values()].flatMap(({ lines }) => lines),
    ({ quantity }) => quantity,
  );
  const sent = [...transfers.values()].flatMap(({ status, shippedAt, fromLocationId, lines }) =>
    fromLocationId === undefined
      ? []
      : lines.map(({ sku, quantity, returnedQuantity = 0 }) => ({
          sku,
          locationId: fromLocationId,
          waiting: status === "PENDING" ? quantity : 0,
          gone: shippedAt === undefined ? 0 : quantity - returnedQuantity,
        })),
  );
  return {
    ...level,
    totalStock:
      sum([...adjustments.values()], ({ delta }) => delta) + back + arrived - left - sum(sent, ({ gone }) => gone),
    reservedStock: units("PENDING_PAYMENT") + sum(sent, ({ waiting }) => waiting),
    committedStock: units("CONFIRMED") - left - cancelled,
  };
}
