import { expect, test } from "vitest";
import { formatMoney } from "./format.ts";

test.each([
  ["two minor digits", 450, "EUR", "€4.50"],
  ["less than one", 5, "USD", "$0.05"],
  ["nothing", 0, "EUR", "€0.00"],
  ["none, as yen has", 1200, "JPY", "¥1,200"],
  ["three, as the dinar has", 12345, "KWD", "KWD 12.345"],
  ["four, as the unidad de fomento has", 385_012_345, "CLF", "CLF 38,501.2345"],
  ["whole ounces", 3, "XAU", "XAU 3"],
  ["two by the standard, though none are used", 10_000, "HUF", "HUF 100.00"],
  ["more than a float holds", Number.MAX_SAFE_INTEGER, "EUR", "€90,071,992,547,409.91"],
])("shows an amount: %s", (_case, amount, currency, shown) => {
  expect(formatMoney({ amount, currency }, "en").replace("\u00a0", " ")).toBe(shown);
});
