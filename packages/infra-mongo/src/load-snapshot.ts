import {
  assert,
  type Command,
  type Instant,
  isReadable,
  type Loaded as LoadedEntities,
  type Needs,
  needs,
  type OrderNeeds,
  orderNeeds,
  type Snapshot,
  snapshotOf,
} from "@holdfast/domain";
import type { Document } from "mongodb";
import type { Collections } from "./collections.ts";
import {
  type AdjustmentDocument,
  adjustmentOf,
  type CorrectionDocument,
  correctionOf,
  type HoldingDocument,
  holdingOf,
  type LevelDocument,
  levelOf,
  type OrderDocument,
  orderOf,
  type ProductDocument,
  productOf,
} from "./documents.ts";
import { talliesInSession } from "./mongo-tallies.ts";
import type { TimedSession } from "./timed-session.ts";

export interface Loaded {
  readonly snapshot: Snapshot;
  /** The server's clock. */
  readonly now: Instant;
}

/** What is wanted of one collection: the documents whose `field` is one of `keys`. */
interface Want {
  readonly from: Exclude<keyof Collections, "client" | "meta" | "journal" | "outbox" | "feed">;
  readonly field: "_id" | "claim.key";
  readonly keys: readonly string[];
}

/** One row of the answer: of each want, the documents that match one page of its keys. */
interface Page {
  readonly now: Date;
  readonly [want: `want${number}`]: readonly Document[];
}

/**
 * Keys looked up at a time. A page is one document of the answer, so that 2 x 50 orders of the largest size (100 lines,
 * 65 kB) have to stay well below 16 MB; and some servers compare each document with each key of a page.
 */
const keysPerPageMax = 50;

/** An empty list would match documents that lack the field; nothing has this key. */
const noKeys = [""];

/**
 * Loads all that commands touch, as one snapshot: one round trip, and a second one only where orders that were found
 * lead to more stock levels or holders. A correction has its level's sources added up in a few more.
 */
export async function loadSnapshot(
  collections: Collections,
  session: TimedSession,
  commands: readonly Command[],
): Promise<Loaded> {
  const named = needs(commands);
  const { now, ...found } = await load(collections, session, wantsOf(named));
  const wants = wantsOfOrders(orderNeeds(found.orders.filter(isReadable), named));
  const more = wants.length === 0 ? undefined : await load(collections, session, wants);
  const tallies =
    named.tallies.size === 0
      ? []
      : await session.step((inSession) => talliesInSession(collections, [...named.tallies.keys()], inSession));
  const levels = [...found.levels, ...(more?.levels ?? [])];
  const holdings = [...found.holdings, ...(more?.holdings ?? [])];
  return { snapshot: snapshotOf({ ...found, levels, holdings, tallies }), now };
}

function wantsOf(named: Needs): Want[] {
  const wants: Want[] = [
    ...wantsOfOrders(named),
    { from: "products", field: "_id", keys: [...named.products] },
    { from: "orders", field: "_id", keys: [...named.orders] },
    { from: "products", field: "claim.key", keys: [...named.productClaims] },
    { from: "orders", field: "claim.key", keys: [...named.orderClaims] },
    { from: "adjustments", field: "claim.key", keys: [...named.adjustmentClaims] },
    { from: "corrections", field: "claim.key", keys: [...named.correctionClaims] },
  ];
  return wants.filter(({ keys }) => keys.length > 0);
}

function wantsOfOrders({ levels, holders }: OrderNeeds): Want[] {
  const wants: Want[] = [
    { from: "levels", field: "_id", keys: [...levels.keys()] },
    { from: "holdings", field: "_id", keys: [...holders] },
  ];
  return wants.filter(({ keys }) => keys.length > 0);
}

/**
 * Asks for all of it in one aggregation that begins at the clock. `$lookup` by a list of keys, and not `$unionWith`, which
 * MongoDB does not allow in a transaction.
 */
async function load(collections: Collections, session: TimedSession, wants: readonly Want[]) {
  const pages = pagesOf(wants);
  const pipeline = [
    { $match: { _id: "clock" } },
    { $project: { _id: 0, page: pages } },
    { $unwind: "$page" },
    { $replaceRoot: { newRoot: "$page" } },
    ...wants.map(({ from, field }, index) => ({
      $lookup: { from, localField: `want${index}`, foreignField: field, as: `want${index}` },
    })),
    { $set: { now: "$$NOW" } },
  ];
  const rows = await session.step((inSession) =>
    collections.meta
      // All of it in one answer: by default the first one stops at 101 rows.
      .aggregate<Page>(pipeline, {
        session: inSession,
        batchSize: pages.length + 1,
        maxTimeMS: session.deadline.remainingMs,
      })
      .toArray(),
  );
  const now = rows[0]?.now.getTime();
  assert(now !== undefined, "the database has lost its clock document");
  return { ...entitiesOf(wants, rows), now: now as Instant };
}

function pagesOf(wants: readonly Want[]): Record<string, readonly string[]>[] {
  const keysMax = Math.max(1, ...wants.map(({ keys }) => keys.length));
  return Array.from({ length: Math.ceil(keysMax / keysPerPageMax) }, (_, page) => {
    const from = page * keysPerPageMax;
    return Object.fromEntries(
      wants.map(({ keys }, index) => {
        const some = keys.slice(from, from + keysPerPageMax);
        return [`want${index}`, some.length === 0 ? noKeys : some];
      }),
    );
  });
}

function entitiesOf(wants: readonly Want[], rows: readonly Page[]): Required<Omit<LoadedEntities, "tallies">> {
  const from = <Stored>(name: Want["from"]) =>
    wants.flatMap((want, index) =>
      want.from === name ? rows.flatMap((row) => (row[`want${index}`] ?? []) as readonly Stored[]) : [],
    );
  return {
    products: from<ProductDocument>("products").map(productOf),
    levels: from<LevelDocument>("levels").map(levelOf),
    orders: from<OrderDocument>("orders").map(orderOf),
    adjustments: from<AdjustmentDocument>("adjustments").map(adjustmentOf),
    corrections: from<CorrectionDocument>("corrections").map(correctionOf),
    holdings: from<HoldingDocument>("holdings").map(holdingOf),
  };
}
