/** Restores the record. */
export type PutBack = () => Promise<void>;

/** One way to corrupt a record by editing the database. `id` identifies the record. */
export interface Corruption {
  readonly how: string;
  readonly begin: (id: string) => Promise<PutBack>;
}

/** The ways to corrupt records of each kind in a store. */
export interface Corruptions {
  /** By SKU. The level is at `main`. */
  readonly levels: readonly Corruption[];
  /** By order id. */
  readonly orders: readonly Corruption[];
  /** The journal entry of the order's placing, by order id. */
  readonly entries: readonly Corruption[];
}

/** The names of the corrupted kinds in the API. */
export type RecordKind = "stock_level" | "order" | "journal_entry";
