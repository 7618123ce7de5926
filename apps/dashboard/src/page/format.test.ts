import { expect, test } from "vitest";
import { formatMoney, formatSpan } from "./format.ts";

test.each([
  ["two minor digits", 450, "EUR", "€4.50"],
  ["less than one", 5, "USD", "$0.05"],
  ["nothing", 0, "EUR", "€0.00"],
  ["none, as yen has", 1200, "JPY", "¥1,200"],
  ["three, as the dinar has", 12345, "KWD", "KWD 12.345"],
  ["four, as the unidad de fomento has", 385_012_345, "CLF", "CLF 38,501.2345"],
  ["whole ounces", 3, "XAU", "XAU 3"],
  ["rupiah, of which the standard has hundredths", 1_500_000_000, "IDR", "IDR 15,000,000.00"],
  ["two by the standard, though none are used", 10_000, "HUF", "HUF 100.00"],
  ["more than a float holds", Number.MAX_SAFE_INTEGER, "EUR", "€90,071,992,547,409.91"],
])("shows an amount: %s", (_case, amount, currency, shown) => {
  expect(formatMoney({ amount, currency }, "en").replace("\u00a0", " ")).toBe(shown);
});

test.each([
  [1, "1 second"],
  [90, "90 seconds"],
  [900, "15 minutes"],
  [5_400, "90 minutes"],
  [86_400, "1 day"],
  [604_800, "7 days"],
  [90_000, "25 hours"],
])("shows a span of %i seconds", (seconds, shown) => {
  expect(formatSpan(seconds, "en")).toBe(shown);
});
