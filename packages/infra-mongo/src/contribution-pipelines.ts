import {
  addSums,
  type Contribution,
  type Entity,
  type EntityName,
  foldLimits,
  isInteger,
  isReadable,
  type LevelName,
  type Line,
  levelContributions,
  levelKey,
  noSums,
  perUnitOf,
  type Read,
  type Sku,
  type Sums,
  sumsUnder,
  type Through,
  Unreadable,
} from "@holdfast/domain";
import type { ClientSession, Collection, Document } from "mongodb";
import type { Collections } from "./collections.ts";

type LevelContribution = Contribution<Entity, "levels">;

interface InSession {
  readonly session?: ClientSession;
}

interface Group {
  readonly _id: LevelName & { readonly status?: string };
  /** As the server has added them up: a decimal or a double where one of them is. */
  readonly units: unknown;
  readonly count: number;
}

/**
 * What entities contribute to all levels of these SKUs, by `levelKey`. Unreadable where that is no whole number. A level to which
 * nothing contributes is left out.
 */
export async function sumsOfSkus(
  collections: Collections,
  skus: readonly Sku[],
  options: InSession,
): Promise<Map<string, Read<Sums>>> {
  const sums = new Map<string, Read<Sums>>();
  if (skus.length === 0) return sums;
  for (const [name, contribution] of levelContributions) {
    const part = { [pathOf(contribution, "sku")]: { $in: skus } };
    const pipeline = summedUp(contribution, part, part);
    for (const group of await groupsOf(collections, name, pipeline, options)) {
      const key = levelKey(group._id.sku, group._id.locationId);
      sums.set(key, plus(key, sums.get(key) ?? noSums, contribution, group));
    }
  }
  return sums;
}

/** The same of one level: of what stands behind an id of each kind and, where `through` is given, no further than another. */
export async function sumsBetween(
  collections: Collections,
  level: LevelName,
  { after, through }: { readonly after: Through; readonly through?: Through },
  options: InSession,
): Promise<Read<Sums>> {
  let sums: Read<Sums> = noSums;
  for (const [name, contribution] of levelContributions) {
    const part = partOf(contribution, level);
    const _id = { $gt: after[name] ?? "", ...(through && { $lte: through[name] ?? "" }) };
    const pipeline = summedUp(contribution, { ...part, _id }, part);
    for (const group of await groupsOf(collections, name, pipeline, options)) {
      sums = plus(levelKey(level.sku, level.locationId), sums, contribution, group);
    }
  }
  return sums;
}

/** What is contributed to a level next, behind an id of each kind: a step's lines of each, and one more to show that there are more. */
export async function linesBehind(
  collections: Collections,
  level: LevelName,
  after: Through,
): Promise<{ readonly [N in EntityName]?: readonly Line[] }> {
  const next: { [N in EntityName]?: readonly Line[] } = {};
  for (const [name, contribution] of levelContributions) {
    const part = partOf(contribution, level);
    const units = `$${pathOf(contribution, contribution.units)}`;
    const pipeline: Document[] = [
      { $match: { ...part, _id: { $gt: after[name] ?? "" } } },
      { $sort: { _id: 1 } },
      { $limit: foldLimits.linesMax + 1 },
      ...unwound(contribution, part),
      { $project: { _id: 0, id: "$_id", status: `$${statusPathOf(contribution)}`, units } },
    ];
    next[name] = await collectionOf(collections, name).aggregate<Line>(pipeline).toArray();
  }
  return next;
}

function groupsOf(collections: Collections, name: EntityName, pipeline: Document[], options: InSession) {
  return collectionOf(collections, name).aggregate<Group>(pipeline, options).toArray();
}

function collectionOf(collections: Collections, name: EntityName): Pick<Collection, "aggregate"> {
  return collections[name] as Pick<Collection, "aggregate">;
}

/** Sums by level and, where that decides, by status. `part`: what each part of a document has to be, once they are apart. */
function summedUp(contribution: LevelContribution, match: Document, part: Document): Document[] {
  const { units, byStatus, otherwise } = contribution;
  const status = statusPathOf(contribution);
  // `null` finds those that say none.
  const statuses = [...Object.keys(byStatus ?? {}), ...(otherwise === undefined ? [] : [null])];
  const path = (field: string) => `$${pathOf(contribution, field)}`;
  const locationId = isOfOrders(contribution) ? { $ifNull: ["$lines.locationId", "$locationId"] } : path("locationId");
  return [
    { $match: { ...match, ...(byStatus && { [status]: { $in: statuses } }) } },
    ...unwound(contribution, part),
    {
      $group: {
        _id: { sku: path("sku"), locationId, ...(byStatus && { status: `$${status}` }) },
        units: { $sum: path(units) },
        count: { $sum: 1 },
      },
    },
  ];
}

/** A document for each part that contributes. */
function unwound({ each }: LevelContribution, part: Document): Document[] {
  return typeof each === "string" ? [{ $unwind: `$${each}` }, { $match: part }] : [];
}

function partOf(contribution: LevelContribution, { sku, locationId }: LevelName): Document {
  const ofSku = { [pathOf(contribution, "sku")]: sku };
  if (!isOfOrders(contribution)) return { ...ofSku, [pathOf(contribution, "locationId")]: locationId };
  // An order has one place, or one for each of its lines.
  return { ...ofSku, $or: [{ locationId }, { "lines.locationId": locationId }] };
}

function isOfOrders({ byStatus, statusIn, each }: LevelContribution): boolean {
  return each === "lines" && byStatus !== undefined && statusIn === undefined;
}

/** Where a document keeps what decides how it contributes. */
function statusPathOf(contribution: LevelContribution): string {
  return contribution.statusIn === undefined ? "status" : pathOf(contribution, contribution.statusIn);
}

/** Where a document keeps a field by which it contributes. */
function pathOf({ each }: LevelContribution, field: string): string {
  return typeof each === "string" ? `${each}.${field}` : field;
}

function plus(
  key: string,
  sums: Read<Sums>,
  contribution: LevelContribution,
  { _id, units, count }: Group,
): Read<Sums> {
  if (!isReadable(sums)) return sums;
  if (!isInteger(units)) {
    return new Unreadable("tally", key, "its orders or adjustments add up to no whole number");
  }
  return addSums(sums, sumsUnder(perUnitOf<"levels">(contribution, _id.status), units, count));
}
