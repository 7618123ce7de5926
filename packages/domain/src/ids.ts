declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** The product's own key, chosen by the merchant: see sku.ts. Never without escapes in a URL. */
export type Sku = Branded<string, "Sku">;
/** A place that holds stock. Matches `slugPattern`. */
export type LocationId = Branded<string, "LocationId">;
/** `ord_` and 26 characters that sort by time. Made by the caller of a command, never by a rule. */
export type OrderId = Branded<string, "OrderId">;
/** `res_` and the same 26 characters as its order; a second hold of one order ends in `-2`. */
export type ReservationId = Branded<string, "ReservationId">;
/** `adj_` and 26 characters that sort by time. */
export type AdjustmentId = Branded<string, "AdjustmentId">;
/** `cor_` and 26 characters that sort by time. */
export type CorrectionId = Branded<string, "CorrectionId">;
/** `ful_` and 26 characters that sort by time. */
export type FulfilmentId = Branded<string, "FulfilmentId">;
/** `rev_` and 26 characters that sort by time. */
export type ReversalId = Branded<string, "ReversalId">;
/** `rep_` and 26 characters that sort by time. */
export type RepaymentId = Branded<string, "RepaymentId">;
/** `trf_` and 26 characters that sort by time. */
export type TransferId = Branded<string, "TransferId">;
/** `rct_` and 26 characters that sort by time. */
export type ReceiptId = Branded<string, "ReceiptId">;
/** The shop's own name for a shopper. Holdfast never looks inside. */
export type CustomerId = Branded<string, "CustomerId">;
/** Who did it: an API key's name, or `worker`. */
export type Actor = Branded<string, "Actor">;
/** Whole units of a SKU, at least 1. */
export type Quantity = Branded<number, "Quantity">;
/** Milliseconds since 1970-01-01 UTC, read from the store's clock. */
export type Instant = Branded<number, "Instant">;

/** What a location id may look like: RFC 3986 unreserved characters, a letter or digit first. */
export const slugPattern = /^[A-Za-z0-9][A-Za-z0-9._~-]*$/;

/** The location that exists from the start. */
export const mainLocation = "main" as LocationId;

/** Who the expiry sweep acts as. */
export const workerActor = "worker" as Actor;

/** The id of an order's n-th hold (1 is the one it was placed with). */
export function reservationIdOf(orderId: OrderId, attempt: number): ReservationId {
  const stem = `res_${orderId.slice("ord_".length)}`;
  return (attempt === 1 ? stem : `${stem}-${attempt}`) as ReservationId;
}

/** The order that a reservation id belongs to, and which of its reservations it names. */
export function orderOfReservation(id: ReservationId): { orderId: OrderId; attempt: number } {
  const [stem = "", attempt = "1"] = id.slice("res_".length).split("-");
  return { orderId: `ord_${stem}` as OrderId, attempt: Number(attempt) };
}
