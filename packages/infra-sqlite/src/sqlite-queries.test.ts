import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { CustomerId, Sku } from "@holdfast/domain";
import { type OrderFilter, unreadableRecords } from "@holdfast/engine";
import { create, orderId, place } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { connectFirst } from "./set-up-file.ts";
import { ordersListed } from "./sqlite-orders.ts";
import { dueReservations, lowLevels, nextExpiry, orderedUnits } from "./sqlite-queries.ts";
import { newFolder, withShop } from "./test-files.ts";

test.each([
  ["reservations that are due", dueReservations],
  ["when the next reservation runs out", nextExpiry],
])("finds %s in the index that is in order of time, and nowhere else", (_what, sql) => {
  const db = connectFirst(":memory:", { busyTimeoutMs: 0 });
  onTestFinished(() => db.close());
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
  expect(plan.map(({ detail }) => String(detail).replace(/ \(.*/, ""))).toEqual([
    "SEARCH orders USING COVERING INDEX orders_due",
  ]);
});

test.each<readonly [string, OrderFilter, string]>([
  ["a reference", { reference: "A" }, "SEARCH orders USING INDEX orders_by_reference"],
  [
    "a payment",
    { paymentReference: "pi", reference: "A" },
    "SEARCH payments USING COVERING INDEX payments_by_reference",
  ],
  ["metadata", { metadata: { name: "a", value: "b" } }, "SEARCH order_metadata USING PRIMARY KEY"],
  ["a SKU", { sku: "tea" as Sku, customerId: "ann" as CustomerId }, "SEARCH order_lines USING PRIMARY KEY"],
  ["a customer", { customerId: "ann" as CustomerId }, "SEARCH orders USING INDEX orders_by_customer"],
])("finds orders by %s in the index that is in order of id, and sorts nothing", (_what, filter, first) => {
  const db = connectFirst(":memory:", { busyTimeoutMs: 0 });
  onTestFinished(() => db.close());
  for (const after of [undefined, orderId("o1")]) {
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${ordersListed(filter, after).sql}`).all();
    const steps = plan.map(({ detail }) => String(detail).replace(/ \(.*/, ""));
    expect(steps[0]).toBe(first);
    expect(steps.filter((step) => step.startsWith("SCAN") || step.startsWith("USE TEMP"))).toEqual([]);
  }
});

test("finds low levels among those that have a threshold, and the newest orders of a SKU, without looking at others", () => {
  const db = connectFirst(":memory:", { busyTimeoutMs: 0 });
  onTestFinished(() => db.close());
  const planOf = (sql: string) =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail))
      .join("\n");
  expect(planOf(lowLevels)).toMatch(/^SEARCH levels USING INDEX levels_watched/);
  expect(planOf(orderedUnits)).toMatch(/SEARCH order_lines USING PRIMARY KEY.*SEARCH orders USING/s);
});

test.each([
  ["is no JSON", "body = '{'"],
  ["is due later in its column, and would be held for ever", "expires_at = 9000000000000000"],
  ["is due after the last whole number", "expires_at = 9223372036854775807"],
])("lists and reports an order that %s, and all others past it", async (_what, corrupted) => {
  const path = join(newFolder(), "shop.db");
  await withShop(path, async (shop) => {
    await shop.ask(create("tea", 10), ...["o1", "o2", "o3"].map((name) => place(name, { tea: 1 })));
    const db = new DatabaseSync(path);
    db.prepare(`UPDATE orders SET ${corrupted} WHERE id = ?`).run(orderId("o2"));
    db.close();
    const { queries } = shop.database;
    const held = { statuses: ["PENDING_PAYMENT"], reservationStatus: "ACTIVE" } as const;
    for (const filter of [{}, held]) {
      const page = await queries.orders(filter, { limit: 9 });
      expect(page.map((order) => [order.id, !("unreadable" in order)])).toEqual([
        [orderId("o3"), true],
        [orderId("o2"), false],
        [orderId("o1"), true],
      ]);
    }
    expect(await unreadableRecords(queries)).toMatchObject([{ kind: "order", id: orderId("o2") }]);
  });
});
