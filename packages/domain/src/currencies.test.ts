import { expect, test } from "vitest";
import { currencies, isCurrency, minorUnitDigits } from "./currencies.ts";

/** Codes in force that `Intl.supportedValuesOf("currency")` of Node 20 to 24 does not know. */
const unknownToRuntimes =
  "BOV CHE CHW CLF COU MXV USN UYI UYW VED XAD XAG XAU XBA XBB XBC XBD XPD XPT XTS XUA XXX".split(" ");

test("all 178 codes of the standard are taken, whatever the runtime knows", () => {
  expect([currencies.size, [...currencies.keys()].every((code) => /^[A-Z]{3}$/.test(code))]).toEqual([178, true]);
  expect(unknownToRuntimes.filter((code) => !isCurrency(code))).toEqual([]);
});

test.each([
  ["EUR", 2],
  ["JPY", 0],
  ["KWD", 3],
  ["CLF", 4],
  ["UYW", 4],
  ["HUF", 2],
  ["IDR", 2],
  ["XCG", 2],
  ["ZWG", 2],
  ["XAU", 0],
  ["XXX", 0],
])("the minor unit of %s has %i digits", (code, digits) => {
  expect([isCurrency(code), minorUnitDigits(code)]).toEqual([true, digits]);
});

test.each(["ANG", "BGN", "CUC", "HRK", "SLL", "ZWL", "DEM", "VEF"])("%s, which was withdrawn, is refused", (code) => {
  expect(isCurrency(code)).toBe(false);
});

test.each(["eur", "EU", "EURO", "ZZZ", "", "__proto__", "EUR USD", " EUR"])("%j is no code", (text) => {
  expect(isCurrency(text)).toBe(false);
});
