import type { EntityName, entities } from "@holdfast/domain";

type Field<N extends EntityName> = keyof (typeof entities)[N]["searched"];
type List<N extends EntityName> = keyof (typeof entities)[N]["searchedParts"];

/** Rows of a table beside an entity's own: one for each thing that it is found by several times. */
export interface PartTable {
  readonly table: string;
  /** The column that says whose row it is. */
  readonly owner: string;
  /** A column for each field of a part. */
  readonly columns: Readonly<Record<string, string>>;
}

/** Where an entity is kept. Its guard has a column of the guard's name, its claim `claim_key`. */
export interface Table<N extends EntityName> {
  readonly table: string;
  readonly keyColumns: readonly string[];
  /** A column for each field that it is found by. */
  readonly columns: { readonly [F in Field<N>]: string };
  readonly parts: { readonly [L in List<N>]: PartTable };
  /** Whether it is kept as JSON, beside the columns; otherwise they say all. */
  readonly body: boolean;
  /** The column that names the journal entry that wrote it last. */
  readonly entryColumn?: string;
}

/** Where every entity is kept: the one place that names columns. */
export const tables: { readonly [N in EntityName]: Table<N> } = {
  products: { table: "products", keyColumns: ["sku"], columns: {}, parts: {}, body: true },
  levels: {
    table: "levels",
    keyColumns: ["sku", "location_id"],
    columns: {
      sku: "sku",
      locationId: "location_id",
      totalStock: "total_stock",
      reservedStock: "reserved_stock",
      committedStock: "committed_stock",
      safetyStock: "safety_stock",
    },
    parts: {},
    body: false,
    entryColumn: "journal_id",
  },
  orders: {
    table: "orders",
    keyColumns: ["id"],
    columns: { status: "status", customerId: "customer_id", placedAt: "placed_at", expiresAt: "expires_at" },
    parts: {
      lines: {
        table: "order_lines",
        owner: "order_id",
        columns: { sku: "sku", locationId: "location_id", quantity: "quantity" },
      },
      unsoldOutcomes: { table: "unsold_outcomes", owner: "order_id", columns: { outcome: "outcome" } },
    },
    body: true,
  },
  adjustments: {
    table: "adjustments",
    keyColumns: ["id"],
    columns: { sku: "sku", locationId: "location_id", delta: "delta" },
    parts: {},
    body: true,
  },
  corrections: { table: "corrections", keyColumns: ["id"], columns: {}, parts: {}, body: true },
  holdings: { table: "holdings", keyColumns: ["holder"], columns: {}, parts: {}, body: false },
};
