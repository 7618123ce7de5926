/** Restores the record. */
export type PutBack = () => Promise<void>;

/** One way to spoil a record by editing the database. `id` identifies the record. */
export interface Spoil {
  readonly how: string;
  readonly begin: (id: string) => Promise<PutBack>;
}

/** The ways to spoil records of each kind in a store. */
export interface Spoils {
  /** By SKU. The level is at `main`. */
  readonly levels: readonly Spoil[];
  /** By order id. */
  readonly orders: readonly Spoil[];
  /** The journal entry of the order's placing, by order id. */
  readonly entries: readonly Spoil[];
}

/** The names of the spoiled kinds in the API. */
export type RecordKind = "stock_level" | "order" | "journal_entry";
