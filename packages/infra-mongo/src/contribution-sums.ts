import {
  type Contribution,
  declarationOf,
  type Entity,
  entityNames,
  isInteger,
  isReadable,
  type LevelName,
  levelKey,
  noFigures,
  type OrderStatus,
  type Read,
  type Sku,
  type StockFigures,
  Unreadable,
} from "@holdfast/domain";
import type { ClientSession, Collection, Document } from "mongodb";
import type { Collections } from "./collections.ts";

/** Where an order's document keeps the fields of its lines. Other fields are the document's own. */
const linePaths: Readonly<Record<string, string>> = { sku: "lines.sku", quantity: "lines.quantity" };

interface Group {
  readonly _id: LevelName & { readonly status?: OrderStatus };
  /** As the server has added them up: a decimal or a double where one of them is. */
  readonly units: unknown;
}

/**
 * What entities contribute to the levels of these SKUs, added up, by `levelKey`. Unreadable where that is no whole number. A level to
 * which nothing contributes is left out.
 */
export async function contributionSums(
  collections: Collections,
  skus: readonly Sku[],
  options: { readonly session?: ClientSession },
): Promise<Map<string, Read<StockFigures>>> {
  const sums = new Map<string, Read<StockFigures>>();
  for (const name of entityNames) {
    const collection = collections[name] as Pick<Collection, "aggregate">;
    for (const contribution of (declarationOf(name).contributes ?? []) as readonly Contribution<Entity>[]) {
      if (contribution.to !== "levels") continue;
      const { counter } = contribution;
      const groups = await collection.aggregate<Group>(pipelineOf(contribution, skus), options).toArray();
      for (const { _id, units } of groups) {
        const key = levelKey(_id.sku, _id.locationId);
        const under = typeof counter === "string" ? counter : _id.status && counter[_id.status];
        if (under !== undefined) sums.set(key, plus(key, sums.get(key), under, units));
      }
    }
  }
  return sums;
}

function pipelineOf({ each, units, counter }: Contribution<Entity>, skus: readonly Sku[]): Document[] {
  const path = (field: string) => (each === "lines" ? (linePaths[field] ?? field) : field);
  const itsSkus = { [path("sku")]: { $in: skus } };
  const status = typeof counter === "string" ? undefined : { status: { $in: Object.keys(counter) } };
  return [
    { $match: { ...itsSkus, ...status } },
    ...(each === "lines" ? [{ $unwind: "$lines" }, { $match: itsSkus }] : []),
    {
      $group: {
        _id: { sku: `$${path("sku")}`, locationId: `$${path("locationId")}`, ...(status && { status: "$status" }) },
        units: { $sum: `$${path(units)}` },
      },
    },
  ];
}

function plus(
  key: string,
  sums: Read<StockFigures> = noFigures,
  counter: keyof StockFigures,
  units: unknown,
): Read<StockFigures> {
  if (!isReadable(sums)) return sums;
  const sum = isInteger(units) ? sums[counter] + units : units;
  if (isInteger(sum)) return { ...sums, [counter]: sum };
  return new Unreadable("tally", key, "its orders or adjustments add up to no whole number");
}
