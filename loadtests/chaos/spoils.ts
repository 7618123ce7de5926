/** Puts a record back as it was. */
export type PutBack = () => Promise<void>;

/** One way to spoil a record behind the back of the processes that serve it. `id`: what the record is found by. */
export interface Spoil {
  readonly how: string;
  readonly begin: (id: string) => Promise<PutBack>;
}

/** What people, disks and other programs do to records of each kind on a store. */
export interface Spoils {
  /** By SKU; the level is at `main`. */
  readonly levels: readonly Spoil[];
  /** By order id. */
  readonly orders: readonly Spoil[];
  /** The journal entry that an order was placed with, by the order's id. */
  readonly entries: readonly Spoil[];
}

/** What the API calls the kinds that are spoiled. */
export type RecordKind = "stock_level" | "order" | "journal_entry";
