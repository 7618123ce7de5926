import { expect, test } from "vitest";
import { alertBreaches } from "./alert-rules.ts";
import type { FeedEvent } from "./api-reader.ts";

/** `type available/threshold` as an event of one level. */
function event(words: string): FeedEvent {
  const [type, figures = ""] = words.split(" ");
  const [availableStock, lowStockThreshold] = figures.split("/").map(Number);
  const level = { sku: "tea", locationId: "main", availableStock, ...(figures && { lowStockThreshold }) };
  return { type, ...level } as unknown as FeedEvent;
}

/** What the level is at the end, as `available/reserved`, with a threshold of 3. */
function breaches(events: readonly string[], atEnd: string): string[] {
  const [availableStock = 0, reservedStock = 0] = atEnd.split("/").map(Number);
  const levels = [{ locationId: "main", lowStockThreshold: 3, availableStock, reservedStock }];
  const readings = [{ product: { sku: "tea", levels } }] as unknown as Parameters<typeof alertBreaches>[1];
  return alertBreaches(events.map(event), readings, ["tea"]).map(({ says }) => says);
}

test.each<readonly [string, readonly string[], string]>([
  ["nothing said", [], "4/0"],
  ["low, out and back", ["StockLow 3/3", "StockOut 0/3", "StockBack 9/3"], "9/0"],
  ["out and back as low", ["StockOut 0/3", "StockBack 2/3", "StockOut -1/3"], "-1/0"],
  ["a rush under way", ["StockOut 0/3"], "2/9"],
  ["a threshold that was taken away and set again", ["StockLow 3/3", "LevelChanged", "StockLow 2/3"], "2/0"],
])("finds nothing wrong with %s", (_what, events, atEnd) => {
  expect(breaches(events, atEnd)).toEqual([]);
});

test.each<readonly [string, readonly string[], string, string]>([
  ["a crossing twice", ["StockLow 3/3", "StockLow 2/3"], "2/0", "StockLow of tea@main, which was LOW"],
  ["back from nowhere", ["StockBack 9/3"], "9/0", "StockBack of tea@main, which was NEITHER"],
  ["low after out", ["StockOut 0/3", "StockLow 1/3"], "1/0", "StockLow of tea@main, which was OUT"],
  ["sold out with units left", ["StockOut 1/3"], "0/1", "StockOut of tea@main with 1 at a threshold of 3"],
  ["a sold-out that was not said", ["StockLow 1/3"], "0/0", "tea@main has 0, and was last called LOW"],
  ["a return that was not said", ["StockOut 0/3"], "1/0", "tea@main has 1, and was last called OUT"],
])("finds %s", (_what, events, atEnd, says) => {
  expect(breaches(events, atEnd)).toEqual([says]);
});
