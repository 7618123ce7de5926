import { expect, test } from "vitest";
import { isCurrency, sum, times } from "./money.ts";

test.each([
  ["EUR", true],
  ["JPY", true],
  ["USD", true],
  ["eur", false],
  ["EU", false],
  ["EURO", false],
  ["ZZZ", false],
  ["", false],
  ["__proto__", false],
])("%s is a currency: %s", (text, outcome) => {
  expect(isCurrency(text)).toBe(outcome);
});

const eur = (amount: number) => ({ amount, currency: "EUR" });

test.each([
  [0, 3, 0],
  [450, 1, 450],
  [19, 3, 57],
  [1_000_000_000, 10_000, 10_000_000_000_000],
])("%i times %i is %i", (amount, quantity, product) => {
  expect(times(eur(amount), quantity)).toEqual(eur(product));
});

test("adds amounts of one currency", () => {
  expect(sum(eur(1), [])).toEqual(eur(1));
  expect(sum(eur(1), [eur(20), eur(300)])).toEqual(eur(321));
});
