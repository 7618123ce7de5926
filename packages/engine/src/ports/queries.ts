import type {
  CustomerId,
  Entities,
  EntityName,
  entities,
  Instant,
  JournalEntry,
  LevelName,
  LocationId,
  MetadataEntry,
  OrderedUnits,
  OrderId,
  OrderStatus,
  Product,
  Read,
  Recount,
  ReservationStatus,
  ShownOrder,
  Sku,
  StockLevel,
  Trust,
  Unreadable,
  UnsoldOutcome,
} from "@holdfast/domain";

/** A product with its stock at every location, in order of location. */
export interface StockedProduct {
  readonly product: Product;
  readonly levels: readonly StockLevel[];
  /** Those of its levels' locations that are not active: nothing new is promised there. */
  readonly inactive: readonly LocationId[];
}

/** A product that cannot be read, or one of whose stock levels cannot: without it its sums would be wrong. */
export interface UnreadableProduct {
  readonly sku: Sku;
  readonly unreadable: Unreadable;
}

/** An order that cannot be read, or one of whose payments cannot: without it the order's money would be wrong. */
export interface UnreadableOrder {
  readonly id: OrderId;
  readonly unreadable: Unreadable;
}

/** One page of a list: at most `limit` items, from behind `after` on. */
export interface Paging<Key> {
  readonly limit: number;
  readonly after?: Key;
}

/** By what products can be listed. Names in order of what they are without regard to case. */
export const productSorts = ["sku", "name", "createdAt"] as const;
export type ProductSort = (typeof productSorts)[number];

export interface UnitRange {
  readonly min?: number;
  readonly max?: number;
}

/** Which products, and in which order. */
export interface ProductSearch {
  /** What the SKU or the name begins with, without regard to case. */
  readonly startsWith?: string;
  readonly skus?: readonly Sku[];
  readonly archived?: boolean;
  /** Units that are there and can be promised, of all active locations together: at least `min`, at most `max`. */
  readonly available?: UnitRange;
  /** The same with the units that may be owed: what an order that names no location can still get. */
  readonly orderable?: UnitRange;
  readonly sort: ProductSort;
  readonly descending: boolean;
}

/** A place in a list of products: what it is sorted by, then the SKU. */
export interface ProductPlace {
  readonly value: string | number;
  readonly sku: Sku;
}

export interface OrderFilter {
  /** Any of these. */
  readonly statuses?: readonly OrderStatus[];
  /** Of the latest reservation. */
  readonly reservationStatus?: ReservationStatus;
  readonly customerId?: CustomerId;
  readonly sku?: Sku;
  /** The shop's own id for the order. This, the next two and `customerId` find orders to the last one among any number. */
  readonly reference?: string;
  /** Of any of its payments, whatever became of it. */
  readonly paymentReference?: string;
  /** That is among its metadata. */
  readonly metadata?: MetadataEntry;
  /** With a payment that sold nothing, and of which this became. Found to the last one among any number of orders. */
  readonly unsoldOutcome?: UnsoldOutcome;
  /** Placed at or after. */
  readonly from?: Instant;
  /** Placed before. */
  readonly to?: Instant;
}

/** Entities that have no list of their own below. */
export type ListedName = Exclude<EntityName, "products" | "orders">;

/** Values that the listed have in fields that they are listed by, and that one part of a list of theirs has. */
export type ListFilter<N extends ListedName> = {
  readonly [Field in ListedBy<(typeof entities)[N]>]?: string;
} & {
  readonly [List in keyof (typeof entities)[N]["searchedParts"]]?: Readonly<Record<string, string>>;
};

type ListedBy<Declaration> = Declaration extends { readonly listedBy: readonly (infer Field extends string)[] }
  ? Field
  : never;

/** A place in the journal. Entries are listed by time of commit, then by id. */
export interface JournalPlace {
  readonly at: Instant;
  readonly id: string;
}

/** A commit at its place in the feed. */
export interface FeedEntry extends JournalEntry {
  /** 1, 2, 3 ... without a gap. A commit that saw another one comes behind it. */
  readonly position: number;
}

/** A journal entry that cannot be read, at the place where it would be listed. */
export interface UnreadableEntry extends JournalPlace {
  readonly unreadable: Unreadable;
}

/** The same at its place in the feed. */
export interface UnreadableFeedEntry extends UnreadableEntry {
  readonly position: number;
}

declare const brand: unique symbol;
/**
 * Which feed it is: 26 characters, made with the database and made anew when it is restored. Positions of two epochs say
 * nothing of one another.
 */
export type FeedEpoch = string & { readonly [brand]: "FeedEpoch" };

/** Where the feed has come to. */
export interface FeedEnd {
  readonly epoch: FeedEpoch;
  /** The last position; 0 where the feed is empty. */
  readonly position: number;
}

/** How many reservations are looked at for the next one of a level: a look takes a few milliseconds, however many are held. */
export const expiriesSearchedMax = 1_000;

export interface LowLevelFilter {
  readonly locationId?: LocationId;
}

/** A reservation whose time has come. */
export interface DueReservation {
  readonly orderId: OrderId;
  readonly expiresAt: Instant;
}

/**
 * Reads for API and worker. They see every acknowledged commit, and nothing of an unfinished one.
 *
 * A record that cannot be read stands as `Unreadable` in its list's place, so that readers go on behind it. Who asks for
 * one entity alone meets `RecordUnreadable`.
 */
export interface Queries {
  /** The store's clock. Throws where the store cannot be reached: it is the health check too. */
  now(): Promise<Instant>;
  product(sku: Sku): Promise<StockedProduct | undefined>;
  /** By SKU, ascending. */
  products(paging: Paging<Sku>): Promise<(StockedProduct | UnreadableProduct)[]>;
  /** Those that are searched for, page by page. Walks through all that come before the last one on the page. */
  findProducts(search: ProductSearch, paging: Paging<ProductPlace>): Promise<(StockedProduct | UnreadableProduct)[]>;
  order(id: OrderId): Promise<ShownOrder | undefined>;
  /** Newest first. */
  orders(filter: OrderFilter, paging: Paging<OrderId>): Promise<(ShownOrder | UnreadableOrder)[]>;
  /** Any other entity, by key, descending: of those with an id that is the newest first. */
  list<N extends ListedName>(name: N, filter: ListFilter<N>, paging: Paging<string>): Promise<Read<Entities[N]>[]>;
  /** Entries that moved a SKU, newest first, from behind `after` on (all of `after`'s entry is left out). */
  journal(sku: Sku, paging: Paging<JournalPlace>): Promise<(JournalEntry | UnreadableEntry)[]>;
  /** Commits by position, ascending, from behind `after` on: no gap, and none of them ever comes later or again. */
  feed(paging: Paging<number>): Promise<(FeedEntry | UnreadableFeedEntry)[]>;
  /**
   * The end of the feed. A server that lags may see an earlier end than a reader has seen: where the end would lie before
   * `seen`, the store makes sure first.
   */
  feedEnd(seen?: number): Promise<FeedEnd>;
  /** Reservations with `expiresAt` at or before `now`, the longest overdue first. */
  dueReservations(now: Instant, limit: number): Promise<DueReservation[]>;
  /** The first instant behind `after`, and no later than `until`, at which a reservation runs out; `undefined` where none does. */
  nextExpiry(after: Instant, until: Instant): Promise<Instant | undefined>;
  /**
   * Levels that have promised more than is there (`shortStock`), in an order of the store's own, which does not change. Walks through all
   * levels that come before the last one on the page.
   */
  shortLevels(paging: Paging<LevelName>): Promise<Read<StockLevel>[]>;
  /**
   * Levels of which no more is available than their threshold, those of inactive locations only where one is named, in an order of the store's own, which does not change. Walks through all levels
   * that have a threshold and come before the last one on the page.
   */
  lowLevels(filter: LowLevelFilter, paging: Paging<LevelName>): Promise<Read<StockLevel>[]>;
  /** The newest orders of a level's SKU, newest first, `limit` at most, wherever they took it. Reads no others. */
  orderedUnits(level: LevelName, limit: number): Promise<OrderedUnits[]>;
  /**
   * The first instant behind `after` at which a reservation of a level's units runs out, where it is among the next `expiriesSearchedMax` of
   * all reservations; else `undefined`.
   */
  nextExpiryOf(level: LevelName, after: Instant): Promise<Instant | undefined>;
  /**
   * Stock levels, all or those of one SKU, beside the figures worked out anew; each from one consistent read. In an order
   * of the store's own, which does not change. Unreadable is a level that is, and one whose sources add up to no whole
   * number; the `id` is its `levelKey` both times. `trust`: how far levels' folds are trusted, never unless it is set.
   */
  recounts(filter: { readonly sku?: Sku; readonly trust?: Trust }, paging: Paging<LevelName>): Promise<Read<Recount>[]>;
}
