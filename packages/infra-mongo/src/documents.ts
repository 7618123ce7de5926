import {
  declarationOf,
  type Entities,
  type Entity,
  type EntityName,
  type entities,
  foldedSku,
  foldedText,
  instantOfEntry,
  type JournalEntry,
  legsOf,
  type MetadataEntry,
  metadataEntries,
  paymentCountOf,
  type Read,
  readJournalEntry,
  Unreadable,
  type UnsoldOutcome,
  unsoldOutcomesOf,
} from "@holdfast/domain";
import {
  type ApiKeyRecord,
  type DatabaseVersion,
  type FeedEpoch,
  readApiKey,
  type UnreadableEntry,
} from "@holdfast/engine";
import type { Timestamp } from "mongodb";

// A document is its entity, with the entity's own key as `_id`: the glossary's names also in a shell. Instants stay numbers
// of milliseconds: exact, compared the same way, converted nowhere, and out of reach of a TTL index, which only looks at
// dates and would delete holds without giving their stock back.
//
// What is read is checked: a document takes any type, a shell writes doubles and decimals, and `"10" + 5` is `"105"`.

/**
 * Of the database itself. `clock`: a single document, read to obtain $$NOW. `epoch`: its value says which feed it is. `probe`: written
 * to find out whether anything can be, `times` so far. `restoring`: there while a backup is put back, and for as long as that is
 * not over. `schema`: the database's version, and who migrates it; databases of version 3 have none.
 */
export interface MetaDocument extends Partial<DatabaseVersion> {
  readonly _id: "clock" | "epoch" | "probe" | "restoring" | "schema";
  readonly value?: FeedEpoch;
  readonly times?: number;
  readonly migrating?: MigrationLease;
}

/** The right to migrate, and how far it has come. */
export interface MigrationLease {
  /** Of the process that migrates: an id of its own. Absent when it has ended. */
  readonly holder?: string;
  /** By the server's clock: from then on another process may take it. */
  readonly until?: number;
  /** By collection, the `_id` up to which the step under way has gone through it. */
  readonly walked?: Readonly<Record<string, string | number>>;
}

/** The field of an entity that is the `_id` of its document. A key of two fields is no field of its own: both stay, and `_id` is the key. */
function keyFieldOf(name: EntityName): string | undefined {
  const { key } = declarationOf(name);
  return key.length === 1 ? key[0] : undefined;
}

type KeyField<N extends EntityName> = (typeof entities)[N]["key"] extends readonly [infer Field extends string]
  ? Field
  : never;

/** What documents say besides their entity. */
interface Besides {
  readonly products: {
    /** The last journal entry that added a level of it. */
    readonly levelAddedBy?: string;
    /** What it is found by. Absent where a program of the version before created it. */
    readonly foldedSku?: string;
    readonly foldedName?: string;
  };
  readonly levels: {
    /** The last journal entry that names this level: where reconciliation finds its balances again. */
    readonly journalId: string;
    /**
     * The version of its product, once that has changed: a batch that sells by what a process remembers of the product is
     * written against it.
     */
    readonly productVersion?: number;
  };
  readonly locations: {
    /** The same of all of them: by it they are looked up together. */
    readonly of: "shop";
  };
  readonly transfers: {
    /** Its units by place: what lists find it by, and what recounts add up. */
    readonly legs: ReturnType<typeof legsOf>;
  };
  readonly orders: {
    /** What became of payments that sold nothing: what lists find the order by. Absent where there has never been one. */
    readonly unsoldOutcomes?: readonly UnsoldOutcome[];
    /** Its metadata, each entry as `metadataText` has it: what lists find the order by. Absent where there is none. */
    readonly metadataEntries?: readonly string[];
  };
}

const besides: { readonly [N in keyof Besides]: readonly (keyof Besides[N])[] } = {
  products: ["levelAddedBy", "foldedSku", "foldedName"],
  levels: ["journalId", "productVersion"],
  locations: ["of"],
  transfers: ["legs"],
  orders: ["unsoldOutcomes", "metadataEntries"],
};

function besidesOf(name: EntityName): readonly string[] {
  return name in besides ? besides[name as keyof Besides] : [];
}

/** An entity as it is stored. */
export type EntityDocument<N extends EntityName> = Omit<Entities[N], KeyField<N>> & {
  readonly _id: [KeyField<N>] extends [never] ? string : Entities[N][KeyField<N> & keyof Entities[N]];
} & (N extends keyof Besides ? Besides[N] : object);

export type ApiKeyDocument = Omit<ApiKeyRecord, "id"> & {
  readonly _id: ApiKeyRecord["id"];
  /** Its name, as long as it lives, unless it rotates: unique. */
  readonly soleName?: string;
};

/** The document of an entity that a journal entry has written. */
export function documentOf<N extends EntityName>(name: N, entity: Entities[N], entryId: string): EntityDocument<N> {
  const keyField = keyFieldOf(name);
  const { ...fields }: Record<string, unknown> = { _id: declarationOf(name).keyOf(entity), ...entity };
  if (keyField !== undefined) delete fields[keyField];
  return {
    ...fields,
    ...searchedIn(name, entity),
    ...(name === "levels" && { journalId: entryId }),
  } as EntityDocument<N>;
}

/** What lists find an entity by and it does not say itself. */
export function searchedIn(name: EntityName, entity: Entity): object {
  if (name === "products") {
    const { sku, name: called } = entity as Entities["products"];
    return { foldedSku: foldedSku(sku), foldedName: foldedText(called) };
  }
  if (name === "locations") return { of: "shop" };
  if (name === "transfers") return { legs: legsOf(entity as Entities["transfers"]) };
  if (name !== "orders" || !("paymentCounts" in entity)) return {};
  // Most new orders have neither payments nor metadata.
  const { metadata } = entity;
  if (metadata === undefined && paymentCountOf(entity) === 0) return {};
  return {
    ...(paymentCountOf(entity) > 0 && { unsoldOutcomes: unsoldOutcomesOf(entity) }),
    ...(metadata !== undefined && { metadataEntries: metadataEntries(entity).map(metadataText) }),
  };
}

/** An entry of metadata as one text. No name has a colon. */
export function metadataText({ name, value }: MetadataEntry): string {
  return `${name}:${value}`;
}

/** A document's entity, checked. */
export function entityOf<N extends EntityName>(name: N, document: EntityDocument<N>): Read<Entities[N]> {
  const { _id, ...fields } = document as Record<string, unknown>;
  for (const field of besidesOf(name)) delete fields[field];
  const keyField = keyFieldOf(name);
  const stored = keyField === undefined ? fields : { [keyField]: _id, ...fields };
  return declarationOf(name).read(String(_id), stored);
}

/** One commit. `_id` is the transaction's id. */
export type JournalDocument = Omit<JournalEntry, "id"> & {
  readonly _id: string;
  /** The SKUs that it names, each once. */
  readonly skus: readonly string[];
};

/** Says that a journal entry has no place in the feed yet. `_id` is the entry's. */
export interface OutboxDocument {
  readonly _id: string;
  /**
   * The cluster's time when the batch had seen what it rests on: later than that of every entry it has seen. `at` is not
   * always: two commits may share a millisecond, and clocks may be set back or lag behind.
   */
  readonly clusterTime: Timestamp;
}

/** A piece of the feed: journal entries that follow on one another. `_id` is the first one's position; the feed begins at 1. */
export interface SegmentDocument {
  readonly _id: number;
  /** The position of the last one. */
  readonly last: number;
  readonly entries: readonly string[];
}

/** Stands where the journal entry of a transaction can never come any more; see fence.ts. No query sees it. */
export interface VoidDocument {
  readonly _id: string;
  readonly void: true;
}

export function journalDocument({ id, ...entry }: JournalEntry): JournalDocument {
  return { _id: id, ...entry, skus: [...new Set(entry.levelsBefore.map(({ sku }) => sku))] };
}

export function journalEntryFrom(document: JournalDocument): Read<JournalEntry> {
  const { _id, skus: _skus, ...entry } = document;
  return readJournalEntry(_id, { id: _id, ...entry });
}

/** The entry where it is listed, be it readable or not. */
export function listedEntry(document: JournalDocument): JournalEntry | UnreadableEntry {
  const entry = journalEntryFrom(document);
  if (!(entry instanceof Unreadable)) return entry;
  return { at: instantOfEntry(document), id: entry.id, unreadable: entry };
}

export function apiKeyDocument({ id, ...record }: ApiKeyRecord): ApiKeyDocument {
  return { _id: id, ...record, ...(!record.rotates && { soleName: record.name }) };
}

export function apiKeyOf({ _id, soleName: _soleName, ...record }: ApiKeyDocument): Read<ApiKeyRecord> {
  return readApiKey(String(_id), { id: _id, ...record });
}
