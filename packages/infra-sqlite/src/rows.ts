import type { SQLOutputValue } from "node:sqlite";
import type {
  Adjustment,
  Correction,
  JournalEntry,
  LocationId,
  Order,
  Product,
  Sku,
  StockLevel,
} from "@holdfast/domain";
import type { ApiKeyRecord } from "@holdfast/engine";

/** A row as node:sqlite hands it out. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** What the tables hold as JSON, by kind. It was written by this package, so it is not checked again. */
interface Bodies {
  product: Product;
  order: Order;
  adjustment: Adjustment;
  correction: Correction;
  journal: JournalEntry;
  apiKey: ApiKeyRecord;
}

export function bodyOf<Kind extends keyof Bodies>(_kind: Kind, row: Row): Bodies[Kind] {
  return JSON.parse(String(row["body"])) as Bodies[Kind];
}

export function levelOf(row: Row): StockLevel {
  return {
    sku: row["sku"] as Sku,
    locationId: row["location_id"] as LocationId,
    version: Number(row["version"]),
    totalStock: Number(row["total_stock"]),
    reservedStock: Number(row["reserved_stock"]),
    committedStock: Number(row["committed_stock"]),
    safetyStock: Number(row["safety_stock"]),
  };
}
