import fc from "fast-check";
import { expect, test } from "vitest";
import type { Command } from "./commands.ts";
import type { HoldBounds } from "./hold-bounds.ts";
import { type CustomerId, type LocationId, mainLocation, type OrderId, type Sku } from "./ids.ts";
import { latePaymentPolicies, reviewDecisions } from "./late-payment.ts";
import { movementsOf } from "./movements.ts";
import { availableStock, emptyLevel, levelKey, type StockLevel } from "./stock-level.ts";
import {
  adjust,
  cancel,
  claim,
  confirm,
  create,
  expire,
  instant,
  place,
  refund,
  review,
  TestShop,
  wordOf,
} from "./test-shop.ts";

const sku = fc.constantFrom("tea", "cup", "pot");
const stockName = fc.constantFrom("tea", "tea@berlin", "cup");
const locationId = fc.constantFrom(mainLocation, "berlin" as LocationId);
const order = fc.integer({ min: 1, max: 12 }).map((n) => `o${n}`);
const payment = fc.constantFrom(undefined, "p1", "p1", "p2");
const maybeClaim = fc.option(fc.tuple(fc.constantFrom("k1", "k2"), fc.constantFrom("body", "other")), { freq: 2 });
const cart = fc.array(fc.tuple(sku, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 3 });
const price = fc.constantFrom("EUR", "EUR", "JPY").map((currency) => ({ amount: 450, currency }));

/** A shopper, or a guest, in a shop that bounds what each may hold, or does not. */
const shopper = fc.record(
  {
    customerId: fc.constantFrom("ann" as CustomerId, "bob" as CustomerId),
    bounds: fc.constantFrom<HoldBounds>({}, { unitsPerCustomerMax: 3 }, { unitsPerCustomerMax: 5, unitsPerKeyMax: 7 }),
  },
  { requiredKeys: [] },
);

/** What a shop is asked. Ids are given when a sequence is complete: they are never used twice. */
const wish: fc.Arbitrary<(id: number) => Command> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.tuple(sku, fc.nat(9), price, maybeClaim).map(
      ([name, stock, cost, key]) =>
        () =>
          create(name, stock, { price: cost, ...(key ? claim(...key) : {}) }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(stockName, fc.integer({ min: -4, max: 6 }), maybeClaim).map(
      ([name, delta, key]) =>
        (id: number) =>
          adjust(`a${id}`, name, delta || 1, key ? claim(...key) : {}),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(cart, locationId, fc.integer({ min: 1, max: 9 }), maybeClaim, shopper).map(
      ([lines, at, holdSeconds, key, who]) =>
        (id: number) =>
          place(`o${id}`, lines, { locationId: at, holdSeconds, ...who, ...(key ? claim(...key) : {}) }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(order, payment, fc.constantFrom(...latePaymentPolicies)).map(
      ([name, reference, policy]) =>
        () =>
          confirm(name, reference, policy),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(order, payment, fc.constantFrom(undefined, "r1", "r2")).map(
      ([name, reference, refundReference]) =>
        () =>
          refund(name, reference, refundReference),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(order, fc.constantFrom(...reviewDecisions)).map(
      ([name, decision]) =>
        () =>
          review(name, decision),
    ),
  },
  { weight: 2, arbitrary: order.map((name) => () => cancel(name)) },
  { weight: 3, arbitrary: order.map((name) => () => expire(name)) },
);

/** Batches, each some seconds after the one before. */
const history = fc.array(
  fc.record({ wait: fc.constantFrom(0, 1, 5), wishes: fc.array(wish, { minLength: 1, maxLength: 8 }) }),
  { minLength: 1, maxLength: 8 },
);

/** Numbers orders and adjustments through a history, and makes sure that something can be sold. */
function commandsOf(batches: { wait: number; wishes: ((id: number) => Command)[] }[]) {
  let last = 0;
  const nextId = () => {
    last += 1;
    return last;
  };
  const opening = { wait: 0, commands: [create("tea", 5), create("cup", 4)] };
  return [opening, ...batches.map(({ wait, wishes }) => ({ wait, commands: wishes.map((make) => make(nextId())) }))];
}

test("a batch answers as the same commands one by one", () => {
  fc.assert(
    fc.property(history, (batches) => {
      const together = new TestShop();
      const apart = new TestShop();
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
      const shop = new TestShop();
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
      const shop = new TestShop();
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

test("no hold ends before its time, and what has ended stays so", () => {
  fc.assert(
    fc.property(history, (batches) => {
      const shop = new TestShop();
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
      const shop = new TestShop();
      const reported = new Map<OrderId, Set<string | undefined>>();
      for (const { wait, commands } of commandsOf(batches)) {
        shop.seconds += wait;
        for (const command of commands) {
          const before = "orderId" in command ? shop.snapshot.orders.get(command.orderId) : undefined;
          const outcome = shop.outcome(command);
          if (command.type !== "ConfirmOrder" || before === undefined) continue;
          if (outcome.kind === "refused") expect(outcome.subject).toEqual(shop.snapshot.orders.get(command.orderId));
          // Without a reference it means whatever payment there is.
          if (command.paymentReference === undefined && before.payments.length > 0) continue;
          const references = reported.get(command.orderId) ?? new Set();
          reported.set(command.orderId, references.add(command.paymentReference));
        }
      }
      for (const order of shop.snapshot.orders.values()) {
        const kept = order.payments.map(({ reference }) => reference);
        expect(kept).toEqual([...(reported.get(order.id) ?? [])]);
        const sold = order.payments.filter(({ outcome }) => outcome === "ON_TIME" || outcome === "REHELD");
        expect(sold).toHaveLength(order.status === "CONFIRMED" ? 1 : 0);
      }
    }),
    { numRuns: 60 },
  );
});

const legalSteps = {
  PENDING_PAYMENT: ["CONFIRMED", "CANCELLED", "EXPIRED"],
  EXPIRED: ["CONFIRMED", "FAILED", "CANCELLED"],
  CONFIRMED: ["CONFIRMED"],
  CANCELLED: ["CANCELLED"],
  FAILED: ["CONFIRMED", "FAILED"],
} as const;

/** A level worked out from orders and adjustments alone; its version from the journal. */
function countedAnew(shop: TestShop, level: StockLevel): StockLevel {
  const units = (status: string) => {
    let sum = 0;
    for (const each of shop.snapshot.orders.values()) {
      if (each.status !== status || each.locationId !== level.locationId) continue;
      for (const line of each.lines) if (line.sku === (level.sku as Sku)) sum += line.quantity;
    }
    return sum;
  };
  let totalStock = 0;
  for (const each of shop.snapshot.adjustments.values()) {
    if (each.sku === level.sku && each.locationId === level.locationId) totalStock += each.delta;
  }
  return { ...level, totalStock, reservedStock: units("PENDING_PAYMENT"), committedStock: units("CONFIRMED") };
}
