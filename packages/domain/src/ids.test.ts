import { expect, test } from "vitest";
import { type OrderId, orderOfReservation, reservationIdOf, slugPattern } from "./ids.ts";

test.each([
  ["ord_01K9ZK3S6Q8W5V2N4M7R1T0YXB", 1, "res_01K9ZK3S6Q8W5V2N4M7R1T0YXB"],
  ["ord_01K9ZK3S6Q8W5V2N4M7R1T0YXB", 2, "res_01K9ZK3S6Q8W5V2N4M7R1T0YXB-2"],
])("reservation of %s by number %i is %s, and back", (orderId, attempt, id) => {
  expect(reservationIdOf(orderId as OrderId, attempt)).toBe(id);
  expect(orderOfReservation(reservationIdOf(orderId as OrderId, attempt))).toEqual({ orderId, attempt });
});

test.each([
  ["tea", true],
  ["Tea-green_1.0~b", true],
  ["7", true],
  ["", false],
  ["-tea", false],
  [".", false],
  ["te a", false],
  ["te/a", false],
  ["te@a", false],
  ["te%20a", false],
  ["té", false],
  ["tea\n", false],
  ["__proto__", false],
])("%j may be a location: %s", (text, outcome) => {
  expect(slugPattern.test(text)).toBe(outcome);
});
