import type { Claim } from "../claim.ts";
import {
  type Actor,
  type AdjustmentId,
  type CorrectionId,
  type FulfilmentId,
  type LocationId,
  mainLocation,
  type OrderId,
  type Quantity,
  type ReceiptId,
  type RepaymentId,
  type ReversalId,
  type Sku,
  type TransferId,
} from "../ids.ts";
import { type LevelName, levelKey } from "../stock-level.ts";

export const actor = "tester" as Actor;

/** Any short name as 26 characters that sort as the names do. */
export function idOf(name: string): string {
  return name.padStart(26, "0");
}

export function orderId(name: string): OrderId {
  return `ord_${idOf(name)}` as OrderId;
}

export function adjustmentId(name: string): AdjustmentId {
  return `adj_${idOf(name)}` as AdjustmentId;
}

export function correctionId(name: string): CorrectionId {
  return `cor_${idOf(name)}` as CorrectionId;
}

export function fulfilmentId(name: string): FulfilmentId {
  return `ful_${idOf(name)}` as FulfilmentId;
}

export function reversalId(name: string): ReversalId {
  return `rev_${idOf(name)}` as ReversalId;
}

export function repaymentId(name: string): RepaymentId {
  return `rep_${idOf(name)}` as RepaymentId;
}

export function transferId(name: string): TransferId {
  return `trf_${idOf(name)}` as TransferId;
}

export function receiptId(name: string): ReceiptId {
  return `rct_${idOf(name)}` as ReceiptId;
}

/** The level by `tea`, at main, or by `tea@berlin`. */
export function levelNamed(stockName: string): LevelName {
  const at = stockName.lastIndexOf("@");
  if (at < 0) return { sku: stockName as Sku, locationId: mainLocation };
  return { sku: stockName.slice(0, at) as Sku, locationId: stockName.slice(at + 1) as LocationId };
}

/** `levelKey` of `tea`, at main, or of `tea@berlin`. */
export function levelKeyNamed(stockName: string): string {
  const { sku, locationId } = levelNamed(stockName);
  return levelKey(sku, locationId);
}

/** To be spread into what a command may have. */
export function claim(key: string, fingerprint = "body"): { claim: Claim } {
  return { claim: { key, fingerprint } };
}

type Ids = "actor" | "orderId" | "adjustmentId" | "correctionId" | "customerId" | "locationId";

/** Fields of a command other than the usual ones; ids as plain texts. */
export type More<C> = Partial<Omit<C, "type" | Ids>> & { readonly [Id in Ids & keyof C]?: string };

/** A line for each SKU, and its place where that is named. */
export function linesOf(cart: Readonly<Record<string, number>>) {
  return Object.entries(cart).map(([stockName, quantity]) => {
    const [sku = "", locationId] = stockName.split("@");
    const place = locationId === undefined ? {} : { locationId: locationId as LocationId };
    return { sku: sku as Sku, ...place, quantity: quantity as Quantity };
  });
}
