import { expect, test } from "vitest";
import { noSums } from "./fold.ts";
import type { LocationId, Sku } from "./ids.ts";
import { driftOf, type Recount } from "./reconcile.ts";
import type { StockFigures, StockLevel } from "./stock-level.ts";

const level: StockLevel = {
  sku: "tea" as Sku,
  locationId: "main" as LocationId,
  version: 4,
  totalStock: 10,
  reservedStock: 2,
  committedStock: 3,
  safetyStock: 0,
};

const sources = { totalStock: 10, reservedStock: 2, committedStock: 3 };
const sound: Recount = { level, sources, sums: noSums, journalled: level };

test.each<readonly [string, Recount, readonly string[]]>([
  ["nothing", sound, []],
  ["a reservation without an order", counted({ reservedStock: 1 }), ["reservedStock 2, orders 1"]],
  ["an order without a reservation", counted({ reservedStock: 3 }), ["reservedStock 2, orders 3"]],
  ["a sale without an order", counted({ committedStock: 0 }), ["committedStock 3, orders 0"]],
  ["stock without an adjustment", counted({ totalStock: 9 }), ["totalStock 10, adjustments 9"]],
  ["stock the journal does not know", journalled({ totalStock: 9 }), ["totalStock 10, journal 9"]],
  ["a reservation the journal does not know", journalled({ reservedStock: 1 }), ["reservedStock 2, journal 1"]],
  ["a sale the journal does not know", journalled({ committedStock: 4 }), ["committedStock 3, journal 4"]],
  ["a movement the journal does not know", journalled({ version: 3 }), ["version 4, journal 3"]],
  [
    "an edited counter",
    { ...sound, level: { ...level, reservedStock: 0 } },
    ["reservedStock 0, orders 2", "reservedStock 0, journal 2"],
  ],
])("finds %s", (_what, recount, drift) => {
  expect(driftOf(recount).map((each) => `${each.counter} ${each.counted}, ${each.source} ${each.expected}`)).toEqual(
    drift,
  );
});

function counted(change: Partial<StockFigures>): Recount {
  return { ...sound, sources: { ...sources, ...change } };
}

function journalled(change: Partial<StockLevel>): Recount {
  return { ...sound, journalled: { ...level, ...change } };
}
