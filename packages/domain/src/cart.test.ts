import { expect, test } from "vitest";
import { mergeLines, type StockLine, shortfalls } from "./cart.ts";
import { mainLocation, type Quantity, type Sku } from "./ids.ts";
import { limits } from "./limits.ts";
import { emptyLevel } from "./stock-level.ts";

/** `tea 2, cup 1` as lines. */
function lines(text: string): StockLine[] {
  if (text === "") return [];
  return text.split(", ").map((line) => {
    const [sku = "", quantity] = line.split(" ");
    return { sku: sku as Sku, quantity: Number(quantity) as Quantity };
  });
}

test.each([
  ["", ""],
  ["tea 2", "tea 2"],
  ["tea 2, cup 1", "tea 2, cup 1"],
  ["tea 2, cup 1, tea 3", "tea 5, cup 1"],
  ["cup 1, tea 2, cup 1, tea 1, cup 1", "cup 3, tea 3"],
])("merges '%s' to '%s'", (cart, merged) => {
  expect(mergeLines(lines(cart))).toEqual(lines(merged));
});

test("merges the largest cart exactly", () => {
  const largest = Array.from({ length: limits.cartLinesMax }, () => lines(`tea ${limits.lineQuantityMax}`)).flat();
  expect(mergeLines(largest)).toEqual(lines(`tea ${limits.cartLinesMax * limits.lineQuantityMax}`));
});

test.each([
  ["tea 3", ""],
  ["tea 4", "tea 4 of 3"],
  ["tea 3, cup 1", "cup 1 of 0"],
  ["pot 1", "pot 1 of 0"],
  ["tea 9, cup 1, pot 1", "tea 9 of 3, cup 1 of 0, pot 1 of 0"],
])("of tea 3 and cup 0, '%s' falls short by '%s'", (cart, short) => {
  const stock = new Map([
    ["tea", { ...emptyLevel("tea" as Sku, mainLocation), totalStock: 6, reservedStock: 1, committedStock: 2 }],
    ["cup", emptyLevel("cup" as Sku, mainLocation)],
  ]);
  const found = shortfalls(
    { locationId: mainLocation, lines: lines(cart) },
    (sku, locationId) => (locationId === mainLocation ? stock.get(sku) : undefined),
    () => 0,
  );
  expect(found.map((each) => `${each.sku} ${each.requested} of ${each.available}`).join(", ")).toBe(short);
});
