import type {
  locationSchema,
  lowStockSchema,
  orderRequestSchema,
  orderSchema,
  productSchema,
  receiptSchema,
  reconciliationSchema,
  reservationSchema,
  shortageSchema,
  transferSchema,
  unreadableSchema,
} from "@holdfast/http-contract";
import type { z } from "zod";

/** The API's answers as types of the contract's schemas. Types only, so that no schema ends up in the bundle. */

export type Product = z.input<typeof productSchema>;
export type Order = z.input<typeof orderSchema>;
export type OrderRequest = z.input<typeof orderRequestSchema>;
export type Reservation = z.input<typeof reservationSchema>;
export type Unreadable = z.input<typeof unreadableSchema>;
export type Location = z.input<typeof locationSchema>;
export type LowStock = z.input<typeof lowStockSchema>;
export type Shortage = z.input<typeof shortageSchema>;
export type Transfer = z.input<typeof transferSchema>;
export type Receipt = z.input<typeof receiptSchema>;
export type Reconciliation = z.input<typeof reconciliationSchema>;

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly nextCursor: string | null;
}

/** What a list of the API is asked for, by the names of its parameters. Empty ones are left out. */
export type Query = Readonly<Record<string, string>>;

/** The answer of `/readyz`. */
export interface Health {
  readonly status: "ok" | "degraded" | "unavailable";
  readonly checks: Readonly<Record<string, string>>;
}
