import type { OrderId } from "@holdfast/domain";
import { expect, test } from "vitest";
import { latenessP99, type ReservationHistory, releaseBreaches, releaseRate } from "./reservation-history.ts";

/** Orders by name, placed at 0 and released at the given times. */
function history(
  released: readonly (readonly [name: string, at: number])[],
  alive: readonly string[] = [],
): ReservationHistory {
  const releases = released.map(([name, at]) => ({ orderId: name as OrderId, at }));
  const names = [...releases.map(({ orderId }) => orderId), ...(alive as OrderId[])];
  return { placedAt: new Map(names.map((name) => [name, 0])), releases };
}

const inTwoSeconds = history([
  ["early", 500],
  ["first", 1000],
  ["second", 2000],
  ["third", 3000],
]);

test.each([
  ["counts what came after the first commit", 1000, 1],
  ["leaves out what came before all were due", 2000, 1],
])("%s", (_name, from, rate) => {
  expect(releaseRate(inTwoSeconds, from)).toBe(rate);
});

test("gives no rate where one commit released all", () => {
  expect(releaseRate(history([["only", 1000]]), 0)).toBeNaN();
});

test("counts lateness from the end of the reservation", () => {
  expect(latenessP99(history([["late", 2350]]), 2)).toBe(350);
});

test.each([
  ["finds nothing wrong where each reservation was released once", inTwoSeconds, []],
  ["finds a hold that was forgotten", history([["released", 1]], ["forgotten"]), ["no leak"]],
  [
    "finds a hold that was released twice",
    history([
      ["twice", 1],
      ["twice", 2],
    ]),
    ["ledger against orders"],
  ],
] as const)("%s", (_name, given, rules) => {
  expect(releaseBreaches(given, "sku").map(({ rule }) => rule)).toEqual(rules);
});
