import {
  assert,
  type Command,
  claimedNames,
  type EntityName,
  eachEntity,
  entityNames,
  type Instant,
  type Loaded as LoadedEntities,
  type Read,
  ReadPlan,
  type Reads,
  type Recount,
  type Snapshot,
  type Trust,
} from "@holdfast/domain";
import type { Document } from "mongodb";
import type { Collections } from "./collections.ts";
import { type EntityDocument, entityOf } from "./documents.ts";
import { orderIn } from "./listed-payments.ts";
import { recountsInSession } from "./mongo-recounts.ts";
import type { TimedSession } from "./timed-session.ts";

export interface Loaded {
  readonly snapshot: Snapshot;
  /** The server's clock. */
  readonly now: Instant;
}

/** A look-up in one collection: the documents whose `field` is one of `keys`. */
interface Want {
  readonly from: EntityName;
  readonly field: "_id" | "claim.key" | "active";
  readonly keys: readonly (string | boolean)[];
}

/** One row of the answer: for each look-up, the documents that match one page of its keys. */
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
 * Loads all that commands read, as one snapshot: one round trip, and a second one only where orders that were found
 * lead to more stock levels or holders. A correction has its level's sources added up in a few more.
 */
export async function loadSnapshot(
  collections: Collections,
  session: TimedSession,
  commands: readonly Command[],
): Promise<Loaded> {
  const plan = new ReadPlan(commands);
  // With nothing to read, ask for the time only.
  let now: Instant | undefined;
  for (let reads = plan.next(); reads !== undefined || now === undefined; reads = plan.next()) {
    const found = await load(collections, session, reads === undefined ? [] : wantsOf(reads));
    now ??= found.now;
    if (reads === undefined) break;
    const recounts = [
      ...(await recounted(collections, session, reads.recounts, "always")),
      ...(await recounted(collections, session, reads.fullRecounts, "never")),
    ];
    plan.add({ ...found.entities, recounts });
  }
  return { snapshot: plan.snapshot, now };
}

async function recounted(
  collections: Collections,
  session: TimedSession,
  keys: ReadonlySet<string>,
  trust: Trust,
): Promise<Read<Recount>[]> {
  if (keys.size === 0) return [];
  return await session.step((inSession) => recountsInSession(collections, [...keys], trust, inSession));
}

function wantsOf(reads: Reads): Want[] {
  const wants: Want[] = [
    ...entityNames.map((from) => ({ from, field: "_id" as const, keys: [...reads[from]] })),
    ...claimedNames.map((from) => ({ from, field: "claim.key" as const, keys: [...reads.claims[from]] })),
    { from: "locations", field: "active", keys: reads.lists.has("activeLocations") ? [true] : [] },
  ];
  return wants.filter(({ keys }) => keys.length > 0);
}

/**
 * Reads everything in one aggregation that begins at the clock. It uses `$lookup` by a list of keys, since MongoDB does not allow
 * `$unionWith` in a transaction.
 */
async function load(collections: Collections, session: TimedSession, wants: readonly Want[]) {
  const pages = pagesOf(wants);
  const pipeline = [
    { $match: { _id: "clock" } },
    // Literally: a key that begins with a dollar is not the name of a field.
    { $project: { _id: 0, page: { $literal: pages } } },
    { $unwind: "$page" },
    { $replaceRoot: { newRoot: "$page" } },
    ...wants.map(({ from, field }, index) => ({
      $lookup: { from, localField: `want${index}`, foreignField: field, as: `want${index}` },
    })),
    { $set: { now: "$$NOW" } },
  ];
  const rows = await session.step((inSession) =>
    collections.meta
      // Everything in one batch: the default is 101 rows.
      .aggregate<Page>(pipeline, {
        session: inSession,
        batchSize: pages.length + 1,
        maxTimeMS: session.deadline.remainingMs,
      })
      .toArray(),
  );
  const now = rows[0]?.now.getTime();
  assert(now !== undefined, "the database has lost its clock document");
  return { entities: entitiesOf(wants, rows), now: now as Instant };
}

function pagesOf(wants: readonly Want[]): Record<string, Want["keys"]>[] {
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

function entitiesOf(wants: readonly Want[], rows: readonly Page[]): LoadedEntities {
  const documentsOf = (name: EntityName) =>
    wants.flatMap((want, index) => (want.from === name ? rows.flatMap((row) => row[`want${index}`] ?? []) : []));
  const orders = documentsOf("orders").map((found) => orderIn(found as EntityDocument<"orders">));
  const entities = eachEntity((name) =>
    name === "orders"
      ? orders.map(({ order }) => order)
      : documentsOf(name).map((found) => entityOf(name, found as EntityDocument<typeof name>)),
  ) as LoadedEntities;
  return { ...entities, payments: [...(entities.payments ?? []), ...orders.flatMap(({ payments }) => payments)] };
}
