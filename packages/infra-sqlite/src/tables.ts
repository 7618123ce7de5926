import { declarationOf, type EntityName, eachEntity, type entities } from "@holdfast/domain";

/** A table beside an entity's own, with a row for each item of a list that the entity is found by. */
export interface PartTable {
  readonly table: string;
  /** The column that says whose row it is. */
  readonly owner: string;
  /** A column for each field of a part. */
  readonly columns: Readonly<Record<string, string>>;
}

/** Where an entity is kept. Each of its guards has a column of the guard's name, its claim `claim_key`. */
export interface Table {
  readonly table: string;
  readonly keyColumns: readonly string[];
  /** A column for each field that it is found by. */
  readonly columns: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, PartTable>>;
  /** Whether it is kept as JSON, beside the columns; otherwise they say all. */
  readonly body: boolean;
  /** Columns that keep a field as JSON, each by the field's name. One that is no JSON is read as a field that is not there. */
  readonly json?: readonly string[];
  /** The column that names the journal entry that wrote it last. */
  readonly entryColumn?: string;
}

type Parts<N extends EntityName> = keyof (typeof entities)[N]["searchedParts"];

/** Entities that are kept otherwise than as JSON. */
const bodiless: { readonly [N in EntityName]?: Pick<Table, "body" | "json" | "entryColumn"> } = {
  levels: { body: false, json: ["fold"], entryColumn: "journal_id" },
  holdings: { body: false },
  purchases: { body: false },
};

/** The tables of parts, of every entity that has some. */
const partTables: {
  readonly [N in EntityName as Parts<N> extends never ? never : N]: { readonly [L in Parts<N>]: PartTable };
} = {
  orders: {
    lines: {
      table: "order_lines",
      owner: "order_id",
      columns: { sku: "sku", locationId: "location_id", quantity: "quantity" },
    },
    metadata: { table: "order_metadata", owner: "order_id", columns: { name: "name", value: "value" } },
    unsoldOutcomes: { table: "unsold_outcomes", owner: "order_id", columns: { outcome: "outcome" } },
  },
  reversals: {
    lines: {
      table: "reversal_lines",
      owner: "reversal_id",
      columns: { sku: "sku", locationId: "location_id", quantity: "quantity", disposition: "disposition" },
    },
  },
  transfers: {
    legs: {
      table: "transfer_legs",
      owner: "transfer_id",
      columns: { sku: "sku", locationId: "location_id", state: "state", quantity: "quantity" },
    },
  },
  receipts: {
    lines: {
      table: "receipt_lines",
      owner: "receipt_id",
      columns: { sku: "sku", locationId: "location_id", condition: "condition", quantity: "quantity" },
    },
  },
  fulfilments: {
    lines: {
      table: "fulfilment_lines",
      owner: "fulfilment_id",
      columns: { sku: "sku", locationId: "location_id", quantity: "quantity" },
    },
  },
};

/** Where every entity is kept: tables and columns have the names of entities and fields, in SQL's spelling. */
export const tables = eachEntity<{ readonly [N in EntityName]: Table }>((name) => {
  const { key, searched } = declarationOf(name);
  const parts: { readonly [N in EntityName]?: Readonly<Record<string, PartTable>> } = partTables;
  return {
    table: inSql(name),
    keyColumns: key.map(inSql),
    columns: Object.fromEntries(Object.keys(searched).map((field) => [field, inSql(field)])),
    parts: parts[name] ?? {},
    body: true,
    ...bodiless[name],
  };
});

function inSql(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
