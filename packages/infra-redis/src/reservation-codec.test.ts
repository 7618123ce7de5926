import type { ReservationId } from "@holdfast/domain";
import { describe, expect, test } from "vitest";
import { decodeReservation, encodeReservation } from "./reservation-codec.ts";
import { record } from "./test-record.ts";

const live = record("1", { expiresAt: 1_800_000_000_000 });

test("a live reservation comes back as it went", () => {
  expect(decodeReservation(live.id, encodeReservation(live))).toEqual(live);
  const { customerId: _customerId, ...anonymous } = live;
  expect(decodeReservation(live.id, encodeReservation(anonymous))).toEqual(anonymous);
});

describe("reads as forgotten", () => {
  const text = (changes: object) => JSON.stringify({ ...live, ...changes });
  test.each([
    ["the mark of an ended reservation", ""],
    ["half a value", encodeReservation(live).slice(0, 40)],
    ["no JSON", "<html>"],
    ["null", "null"],
    ["a number", "7"],
    ["a list", "[]"],
    ["another reservation's record", text({ id: "res_other" })],
    ["a reservation that has ended", text({ status: "EXPIRED" })],
    ["no time", text({ expiresAt: undefined })],
    ["a time in words", text({ expiresAt: "soon" })],
    ["a time in fractions", text({ expiresAt: 1.5 })],
    ["no order", text({ orderId: undefined })],
    ["a customer that is none", text({ customerId: { $gt: "" } })],
    ["no location", text({ locationId: 7 })],
    ["no lines", text({ lines: undefined })],
    ["an empty cart", text({ lines: [] })],
    ["a line that is none", text({ lines: ["a"] })],
    ["a line without a SKU", text({ lines: [{ quantity: 1 }] })],
    ["a time that no date reaches", text({ expiresAt: 9_000_000_000_000_000 })],
    ["less than nothing of a SKU", text({ lines: [{ sku: "a", quantity: -1 }] })],
    ["a quantity in words", text({ lines: [{ sku: "a", quantity: "2" }] })],
    ["a fraction of a unit", text({ lines: [{ sku: "a", quantity: 0.5 }] })],
  ])("%s", (_, value) => {
    expect(decodeReservation(live.id, value)).toBeUndefined();
  });

  test("a value under another reservation's key", () => {
    expect(decodeReservation("res_2" as ReservationId, encodeReservation(live))).toBeUndefined();
  });
});
