import { type Batch, decideBatch, type Payment } from "@holdfast/domain";
import { confirm, create, idOf, place, refund, type Shop } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** Payments are entities of their own, which their order counts. */
export function describePayments(withShop: ShopTest): void {
  test(
    "keeps each payment of an order, in the order in which they came",
    withShop(async (shop, ask) => {
      await ask(create("tea", 2), place("o1", { tea: 1 }), place("o2", { tea: 1 }));
      const references = Array.from({ length: 12 }, (_, index) => `pay-${index + 1}`);
      // Some in one batch with each other, and with another order's.
      const words = await shop.ask(confirm("o1", "pay-1"), confirm("o1", "pay-2"), confirm("o2", "pay-1"));
      expect(words).toEqual(["ok", "order_already_paid", "ok"]);
      for (const reference of references.slice(2)) await shop.ask(confirm("o1", reference));
      expect((await shop.order("o1")).payments.map(({ reference }) => reference)).toEqual(references);
      expect((await shop.order("o2")).payments).toMatchObject([{ reference: "pay-1", outcome: "ON_TIME" }]);
      const listed = await shop.database.queries.orders({}, { limit: 9 });
      expect(listed).toEqual([await shop.order("o2"), await shop.order("o1")]);
      expect((await shop.order("o1")).paymentCounts).toEqual({ ON_TIME: 1, REFUND_DUE: 11 });
    }),
  );

  test(
    "takes a payment that is reported again for the one that it has, however many there are and whatever became of it",
    withShop(async (shop, ask) => {
      await ask(create("tea", 1), place("o1", { tea: 1 }), confirm("o1", "pay-1"));
      for (const reference of ["pay-2", "pay-3", undefined]) await shop.ask(confirm("o1", reference));
      const before = await shop.order("o1");
      await ask(refund("o1", "pay-3", "re-3"));
      const again = [confirm("o1", "pay-1"), confirm("o1", "pay-2"), confirm("o1", "pay-3"), confirm("o1")];
      expect(await shop.ask(...again, refund("o1", "pay-3", "re-3"))).toEqual([
        "ok",
        "order_already_paid",
        "order_already_paid",
        "ok",
        "ok",
      ]);
      const { payments, version } = await shop.order("o1");
      expect(payments).toMatchObject(before.payments.map(({ reference }) => ({ ...(reference && { reference }) })));
      expect(payments.map(({ outcome }) => outcome)).toEqual(["ON_TIME", "REFUND_DUE", "REFUNDED"]);
      expect(version).toBe(before.version + 1);
    }),
  );

  test(
    "writes a payment only as long as it is what it was decided on",
    withShop(async (shop, ask) => {
      await ask(create("tea", 1), place("o1", { tea: 1 }), confirm("o1", "pay-1"));
      await shop.ask(confirm("o1", "pay-2"));
      const runs = await refundOnce(shop, "r1", (payment) => ({ ...payment, outcome: "REVIEW_DUE" }));
      expect(runs).toBe(2);
      expect((await shop.order("o1")).payments).toMatchObject([{ outcome: "ON_TIME" }, { outcome: "REFUND_DUE" }]);
      expect(await refundOnce(shop, "r2", (payment) => payment)).toBe(1);
      expect((await shop.order("o1")).payments).toMatchObject([{ outcome: "ON_TIME" }, { outcome: "REFUNDED" }]);
    }),
  );
}

/** Refunds a payment once, as decided on another state of it; returns how often a store had it decided. */
async function refundOnce(shop: Shop, batch: string, seen: (payment: Payment) => Payment): Promise<number> {
  let runs = 0;
  await shop.database.store.transact({
    id: idOf(batch),
    commands: [refund("o1", "pay-2", "re-2")],
    decide: (snapshot, commands, now) => {
      runs += 1;
      const decided = decideBatch(snapshot, runs === 1 ? commands : [], now);
      const payments = decided.writes.payments.map(({ before, after }) => ({ before: before && seen(before), after }));
      return { ...decided, writes: { ...decided.writes, payments } } satisfies Batch;
    },
    timeoutMs: 20_000,
  });
  return runs;
}
