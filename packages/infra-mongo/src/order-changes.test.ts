import {
  type Command,
  decideBatch,
  firstLocation,
  type Instant,
  type Order,
  snapshotOf,
  type Write,
} from "@holdfast/domain";
import { cancel, confirm, create, expire, orderId, place } from "@holdfast/testing";
import { expect, test } from "vitest";
import { orderChanges } from "./order-changes.ts";

const placedAt = 1_000 as Instant;
const later = 100_000 as Instant;

/** What a batch does to orders of one cup each, long after their reservations have run out. */
function writesTo(names: readonly string[], commands: readonly Command[]): readonly Write<Order>[] {
  const placed = names.map((name) => place(name, { cup: 1 }));
  const shop = decideBatch(
    snapshotOf({ locations: [firstLocation] }),
    [create("cup", 1_000), ...placed],
    placedAt,
  ).writes;
  const after = <Entity>(writes: readonly Write<Entity>[]) => writes.map((write) => write.after);
  const before = { products: after(shop.products), levels: after(shop.levels), orders: after(shop.orders) };
  return decideBatch(snapshotOf(before), commands, later).writes.orders;
}

test("changes orders that end alike by one update, fifty at a time, and only what changes", () => {
  const names = Array.from({ length: 120 }, (_, n) => `o${n}`);
  const changes = orderChanges(writesTo(names, names.map(expire)), new Map());
  expect(changes.flatMap(({ ids }) => ids)).toEqual(names.map(orderId));
  expect(changes.map(({ ids }) => ids.length)).toEqual([50, 50, 20]);
  const set = { version: 2, status: "EXPIRED", "reservation.status": "EXPIRED", endedAt: later };
  for (const change of changes) expect(change).toMatchObject({ version: 1, set });
  expect(changes.map((change) => Object.keys(change.set).length)).toEqual([4, 4, 4]);
});

test("keeps apart what ends otherwise, or has something of its own", () => {
  const commands = [expire("a"), expire("b"), confirm("b"), cancel("c"), expire("d")];
  const changes = orderChanges(writesTo(["a", "b", "c", "d"], commands), new Map());
  expect(changes.map(({ ids, set }) => [ids, set["status"]])).toEqual([
    [[orderId("a"), orderId("d")], "EXPIRED"],
    [[orderId("b")], "CONFIRMED"],
    [[orderId("c")], "CANCELLED"],
  ]);
  // A late payment's second reservation has an id of its own.
  expect(Object.keys(changes[1]?.set ?? {})).toEqual(
    expect.arrayContaining(["paymentCounts", "unsoldOutcomes", "reservation.id"]),
  );
});

test("has nothing to say of new orders", () => {
  expect(orderChanges(writesTo([], [create("pot", 5), place("new", { pot: 1 })]), new Map())).toEqual([]);
});
