import { expect, test } from "vitest";
import { activeReservations } from "./active-reservations.ts";
import type { Order, Reservation } from "./api-types.ts";

const now = Date.parse("2026-11-22T12:00:00.000Z");

function reservation(name: string, secondsLeft: number): Reservation {
  const expiresAt = new Date(now + secondsLeft * 1000).toISOString();
  return { id: `res_${name}`, orderId: `ord_${name}`, expiresAt, lines: [] } as unknown as Reservation;
}

function order(name: string, secondsAgo: number): Order {
  return { id: `ord_${name}`, placedAt: new Date(now - secondsAgo * 1000).toISOString() } as unknown as Order;
}

test("puts the reservation first that ends first", () => {
  const reservations = [reservation("late", 60), reservation("soon", 5), reservation("later", 600)];
  const ids = activeReservations({ reservations, orders: [], earlier: [], now }).map(({ id }) => id);
  expect(ids).toEqual(["res_soon", "res_late", "res_later"]);
});

test("a reservation began when its order was placed; else when it was first seen; else now", () => {
  const earlier = activeReservations({
    reservations: [reservation("seen", 60)],
    orders: [],
    earlier: [],
    now: now - 9_000,
  });
  const reservations = [reservation("seen", 60), reservation("known", 70), reservation("new", 80)];
  const reservationsNow = activeReservations({ reservations, orders: [order("known", 30)], earlier, now });
  expect(reservationsNow.map(({ since }) => since)).toEqual([now - 9_000, now - 30_000, now]);
});
