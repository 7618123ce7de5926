import {
  type Adjustment,
  type Correction,
  type Holding,
  instantOfEntry,
  type JournalEntry,
  levelKey,
  type Order,
  type Product,
  type Read,
  readAdjustment,
  readCorrection,
  readHolding,
  readJournalEntry,
  readLevel,
  readOrder,
  readProduct,
  type StockLevel,
  Unreadable,
  type UnsoldOutcome,
  unsoldOutcomesOf,
} from "@holdfast/domain";
import { type ApiKeyRecord, type FeedEpoch, readApiKey, type UnreadableEntry } from "@holdfast/engine";
import type { Timestamp } from "mongodb";

// A document is its entity, with the entity's own key as `_id`: the glossary's names also in a shell. Instants stay numbers
// of milliseconds: exact, compared the same way, converted nowhere, and out of reach of a TTL index, which only looks at
// dates and would delete holds without giving their stock back.
//
// What is read is checked: a document takes any type, a shell writes doubles and decimals, and `"10" + 5` is `"105"`.

/**
 * Of the database itself. `clock`: something to ask the server's time of. `epoch`: its value says which feed it is. `probe`: written
 * to find out whether anything can be, `times` so far. `restoring`: there while a backup is put back, and for as long as that is
 * not over.
 */
export interface MetaDocument {
  readonly _id: "clock" | "epoch" | "probe" | "restoring";
  readonly value?: FeedEpoch;
  readonly times?: number;
}

/** `_id` is the SKU. */
export type ProductDocument = Omit<Product, "sku"> & { readonly _id: Product["sku"] };
export type OrderDocument = Omit<Order, "id"> & { readonly _id: Order["id"] } & SearchedOrder;

/** What orders are found by and do not say themselves. */
export interface SearchedOrder {
  /** What became of payments that sold nothing. Absent where there has never been one. */
  readonly unsoldOutcomes?: readonly UnsoldOutcome[];
}

export type ApiKeyDocument = Omit<ApiKeyRecord, "id"> & {
  readonly _id: ApiKeyRecord["id"];
  /** Its name, as long as it lives, unless it rotates: unique. */
  readonly soleName?: string;
};
export type CorrectionDocument = Omit<Correction, "id"> & { readonly _id: Correction["id"] };
export type AdjustmentDocument = Omit<Adjustment, "id"> & { readonly _id: Adjustment["id"] };

/** `_id` is the holder's `holderKey`. */
export type HoldingDocument = Omit<Holding, "holder"> & { readonly _id: Holding["holder"] };

/** `_id` is the level's `levelKey`. */
export interface LevelDocument extends StockLevel {
  readonly _id: string;
  /** The last journal entry that names this level: where reconciliation finds its balances again. */
  readonly journalId: string;
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

export function productDocument({ sku, ...product }: Product): ProductDocument {
  return { _id: sku, ...product };
}

export function productOf({ _id, ...product }: ProductDocument): Read<Product> {
  return readProduct(String(_id), { sku: _id, ...product });
}

export function levelDocument(level: StockLevel, journalId: string): LevelDocument {
  return { _id: levelKey(level.sku, level.locationId), ...level, journalId };
}

export function levelOf({ _id, journalId: _journalId, ...level }: LevelDocument): Read<StockLevel> {
  return readLevel(_id, level);
}

export function orderDocument({ id, ...order }: Order): OrderDocument {
  return { _id: id, ...order };
}

/** Of an order, for its lists. A new order has no payment. */
export function searchedOrder(order: Order): SearchedOrder {
  return order.payments.length === 0 ? {} : { unsoldOutcomes: unsoldOutcomesOf(order) };
}

export function orderOf({ _id, unsoldOutcomes: _unsoldOutcomes, ...order }: OrderDocument): Read<Order> {
  return readOrder(String(_id), { id: _id, ...order });
}

export function adjustmentDocument({ id, ...adjustment }: Adjustment): AdjustmentDocument {
  return { _id: id, ...adjustment };
}

export function adjustmentOf({ _id, ...adjustment }: AdjustmentDocument): Read<Adjustment> {
  return readAdjustment(String(_id), { id: _id, ...adjustment });
}

export function holdingDocument({ holder, ...holding }: Holding): HoldingDocument {
  return { _id: holder, ...holding };
}

export function holdingOf({ _id, ...holding }: HoldingDocument): Read<Holding> {
  return readHolding(String(_id), { holder: _id, ...holding });
}

export function correctionDocument({ id, ...correction }: Correction): CorrectionDocument {
  return { _id: id, ...correction };
}

export function correctionOf({ _id, ...correction }: CorrectionDocument): Read<Correction> {
  return readCorrection(String(_id), { id: _id, ...correction });
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
