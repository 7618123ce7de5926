import type {
  orderRequestSchema,
  orderSchema,
  productSchema,
  reconciliationSchema,
  reservationSchema,
  unreadableSchema,
} from "@holdfast/http-contract";
import type { z } from "zod";

/** The API's answers as types of the contract's schemas. Types only, so that no schema ends up in the bundle. */

export type Product = z.input<typeof productSchema>;
export type Order = z.input<typeof orderSchema>;
export type OrderRequest = z.input<typeof orderRequestSchema>;
export type Reservation = z.input<typeof reservationSchema>;
export type Unreadable = z.input<typeof unreadableSchema>;
export type Reconciliation = z.input<typeof reconciliationSchema>;

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly nextCursor: string | null;
}

/** The answer of `/readyz`. */
export interface Health {
  readonly status: "ok" | "degraded" | "unavailable";
  readonly checks: Readonly<Record<string, string>>;
}
