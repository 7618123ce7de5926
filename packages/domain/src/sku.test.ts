import { expect, test } from "vitest";
import type { Sku } from "./ids.ts";
import { byCodePoint, composed, foldedSku, skuFault, skuPattern } from "./sku.ts";

test.each([
  ["Tea-green_1.0~b", true],
  ["A/B & c+.d", true],
  ["茶 碗", true],
  ["a@b", true],
  ["50%", true],
  ["...", true],
  [".a", true],
  ["__proto__", true],
  ["🍵", true],
  ["", false],
  [" ", false],
  [" tea", false],
  ["tea ", false],
  ["\u00a0tea", false],
  ["tea\u3000", false],
  ["\ufefftea", false],
  [".", false],
  ["..", false],
  ["tea\n", false],
  ["te\na", false],
  ["te\u0085a", false],
  ["te\u2028a", false],
  ["te\u0000a", false],
  ["te\u007fa", false],
  ["tea\ud800", false],
  ["te\ufffda", false],
])("%j may be a SKU: %s", (text, outcome) => {
  expect(skuPattern.test(text) && skuFault(text) === undefined).toBe(outcome);
});

test.each([
  ["tea", "TEA", true],
  ["A/B", "a/b", true],
  ["straße", "STRASSE", true],
  ["ΟΔΟΣ", "οδος", true],
  ["ÉTÉ", "été", true],
  ["tea", "tee", false],
  ["tea", "téa", false],
  ["茶", "碗", false],
  ["a b", "ab", false],
])("%s and %s differ by case alone: %s", (one, other, outcome) => {
  expect(foldedSku(one as Sku) === foldedSku(other as Sku)).toBe(outcome);
});

test("composes what looks the same into the same", () => {
  expect(composed("cafe\u0301")).toBe("caf\u00e9");
  expect(composed("tea")).toBe("tea");
});

test("orders texts as their UTF-8 does", () => {
  const texts = ["", "a", "a b", "ab", "A", "é", "茶", "\ud7ff", "\ue000", "\uffee", "🍵", "🍵a", "\u{10ffff}"];
  const asBytes = texts.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  expect(texts.toReversed().toSorted(byCodePoint)).toEqual(asBytes);
});
