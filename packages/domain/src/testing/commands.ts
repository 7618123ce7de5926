import type { Claim } from "../claim.ts";
import type { AdjustStock } from "../commands/adjust-stock.ts";
import type { CancelOrder } from "../commands/cancel-order.ts";
import type { CancelTransfer } from "../commands/cancel-transfer.ts";
import type { ChangeLevel } from "../commands/change-level.ts";
import type { ChangeLines } from "../commands/change-lines.ts";
import type { ChangeLocation } from "../commands/change-location.ts";
import type { ChangeOrder } from "../commands/change-order.ts";
import type { ChangeProduct } from "../commands/change-product.ts";
import type { CloseTransfer } from "../commands/close-transfer.ts";
import type { ConfirmOrder } from "../commands/confirm-order.ts";
import type { CorrectStock } from "../commands/correct-stock.ts";
import type { CountStock } from "../commands/count-stock.ts";
import type { CreateLocation } from "../commands/create-location.ts";
import type { CreateProduct } from "../commands/create-product.ts";
import type { CreateTransfer } from "../commands/create-transfer.ts";
import type { EraseCustomer } from "../commands/erase-customer.ts";
import type { ExpireOrder } from "../commands/expire-order.ts";
import type { ExtendOrder } from "../commands/extend-order.ts";
import type { FulfilOrder } from "../commands/fulfil-order.ts";
import type { PlaceOrder } from "../commands/place-order.ts";
import type { ReceiveTransfer } from "../commands/receive-transfer.ts";
import type { RecordRefund } from "../commands/record-refund.ts";
import type { RecordRepayment } from "../commands/record-repayment.ts";
import type { GivenUp, ReverseSale } from "../commands/reverse-sale.ts";
import type { ReviewLatePayment } from "../commands/review-late-payment.ts";
import type { ShipTransfer } from "../commands/ship-transfer.ts";
import type { Command, CommandOf } from "../commands.ts";
import {
  type Actor,
  type AdjustmentId,
  type CorrectionId,
  type CustomerId,
  type FulfilmentId,
  type Instant,
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
import type { LatePaymentPolicy, ReviewDecision } from "../late-payment.ts";
import type { Condition } from "../receipt.ts";
import { type LevelName, levelKey } from "../stock-level.ts";

// Short words for commands, in the tests of every package. They stand in the domain, because its own tests use them and it
// imports nothing. Orders, adjustments and corrections have short names: `place("o1", { tea: 2 })`, `confirm("o1")`.

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
type More<C> = Partial<Omit<C, "type" | Ids>> & { readonly [Id in Ids & keyof C]?: string };

export function create(sku: string, totalStock: number, more: More<CreateProduct> = {}): CreateProduct {
  const usual = {
    type: "CreateProduct",
    actor,
    sku,
    name: `Fine ${sku}`,
    price: { amount: 450, currency: "EUR" },
    totalStock,
    adjustmentId: adjustmentId(`initial-${sku}`),
  };
  return { ...usual, ...more } as CreateProduct;
}

export function change(
  sku: string,
  more: Pick<ChangeProduct, "name" | "price" | "archived" | "policies" | "ifVersion">,
): ChangeProduct {
  return { type: "ChangeProduct", actor, sku: sku as Sku, ...more };
}

/** Opens the place that `locationId` names, after all others. */
export function open(
  locationId: string,
  more: Partial<Pick<CreateLocation, "name" | "priority" | "active" | "claim">> = {},
): CreateLocation {
  const usual = { name: `Fine ${locationId}`, priority: 1, active: true };
  return { type: "CreateLocation", actor, locationId: locationId as LocationId, ...usual, ...more };
}

export function changePlace(
  locationId: string,
  more: Pick<ChangeLocation, "name" | "priority" | "active" | "ifVersion">,
): ChangeLocation {
  return { type: "ChangeLocation", actor, locationId: locationId as LocationId, ...more };
}

export function adjust(name: string, stockName: string, delta: number, more: More<AdjustStock> = {}): AdjustStock {
  const usual = {
    type: "AdjustStock",
    actor,
    adjustmentId: adjustmentId(name),
    ...levelNamed(stockName),
    delta,
    reason: "restock",
  };
  return { ...usual, ...more } as AdjustStock;
}

export function count(name: string, stockName: string, counted: number, more: More<CountStock> = {}): CountStock {
  const usual = { type: "CountStock", actor, adjustmentId: adjustmentId(name), ...levelNamed(stockName), counted };
  return { ...usual, ...more } as CountStock;
}

export function changeLevel(
  stockName: string,
  more: Pick<ChangeLevel, "safetyStock" | "lowStockThreshold" | "ifSettings">,
): ChangeLevel {
  return { type: "ChangeLevel", actor, ...levelNamed(stockName), ...more };
}

/** Places `{ tea: 2 }`, or pairs where a SKU stands on several lines. */
export function place(
  name: string,
  cart: Readonly<Record<string, number>> | readonly (readonly [sku: string, quantity: number])[],
  more: More<PlaceOrder> = {},
): PlaceOrder {
  const pairs = Array.isArray(cart) ? cart : Object.entries(cart);
  const usual = {
    type: "PlaceOrder",
    actor,
    orderId: orderId(name),
    locationId: mainLocation,
    lines: pairs.map(([sku, quantity]) => ({ sku: sku as Sku, quantity: quantity as Quantity })),
    holdSeconds: 60,
  };
  return { ...usual, ...more } as PlaceOrder;
}

/** Gives an order the lines `{ tea: 2 }`. */
export function changeCart(
  name: string,
  cart: Readonly<Record<string, number>>,
  more: Partial<Pick<ChangeLines, "bounds" | "ifVersion" | "actor">> = {},
): ChangeLines {
  const { lines } = place(name, cart);
  return { type: "ChangeLines", actor, orderId: orderId(name), lines, ...more };
}

/** Writes a reference and metadata on an order. */
export function note(name: string, details: Omit<ChangeOrder, "type" | "actor" | "orderId">): ChangeOrder {
  return { type: "ChangeOrder", actor, orderId: orderId(name), ...details };
}

/** Places `{ tea: 2 }`, which comes from wherever it is; `{ "tea@berlin": 2 }` from that place. */
export function placeAnywhere(
  name: string,
  cart: Readonly<Record<string, number>>,
  more: More<PlaceOrder> = {},
): PlaceOrder {
  const { locationId: _main, ...order } = place(name, {}, more);
  return { ...order, lines: linesOf(cart) };
}

/** A line for each SKU, and its place where that is named. */
function linesOf(cart: Readonly<Record<string, number>>) {
  return Object.entries(cart).map(([stockName, quantity]) => {
    const [sku = "", locationId] = stockName.split("@");
    const place = locationId === undefined ? {} : { locationId: locationId as LocationId };
    return { sku: sku as Sku, ...place, quantity: quantity as Quantity };
  });
}

export function confirm(
  name: string,
  paymentReference?: string,
  latePayment: LatePaymentPolicy = "refund",
): ConfirmOrder {
  const reference = paymentReference === undefined ? {} : { paymentReference };
  return { type: "ConfirmOrder", actor, orderId: orderId(name), ...reference, latePayment };
}

export function review(name: string, decision: ReviewDecision): ReviewLatePayment {
  return { type: "ReviewLatePayment", actor, orderId: orderId(name), decision };
}

export function refund(name: string, paymentReference?: string, refundReference?: string): RecordRefund {
  return {
    type: "RecordRefund",
    actor,
    orderId: orderId(name),
    ...(paymentReference === undefined ? {} : { paymentReference }),
    ...(refundReference === undefined ? {} : { refundReference }),
  };
}

export function cancel(name: string): CancelOrder {
  return { type: "CancelOrder", actor, orderId: orderId(name) };
}

/** Puts `pseudonym` in the place of an order's customer. */
export function erase(name: string, customerId: string, pseudonym: string): EraseCustomer {
  return {
    type: "EraseCustomer",
    actor,
    orderId: orderId(name),
    customerId: customerId as CustomerId,
    pseudonym: pseudonym as CustomerId,
  };
}

export function expire(name: string): ExpireOrder {
  return { type: "ExpireOrder", actor, orderId: orderId(name) };
}

/** Holds an order until an instant, in milliseconds since 1970. */
export function extend(
  name: string,
  expiresAt: number,
  more: Partial<Pick<ExtendOrder, "paymentReference" | "extendFor" | "holdSecondsMax">> = {},
): ExtendOrder {
  const usual = { type: "ExtendOrder", actor, orderId: orderId(name), extendFor: "any" } as const;
  return { ...usual, expiresAt: expiresAt as Instant, ...more };
}

/** Ships `{ tea: 2 }` of an order, `{ "tea@berlin": 2 }`, or, left out, all that has yet to leave. */
export function fulfil(
  name: string,
  order: string,
  cart?: Readonly<Record<string, number>>,
  more: Pick<FulfilOrder, "claim" | "reference"> = {},
): FulfilOrder {
  const lines = linesOf(cart ?? {});
  return {
    type: "FulfilOrder",
    actor,
    fulfilmentId: fulfilmentId(name),
    orderId: orderId(order),
    ...(cart && { lines }),
    ...more,
  };
}

/** Cancels `{ tea: 2 }` of a paid order, or, left out, all that has yet to leave. */
export function cancelSold(
  name: string,
  order: string,
  cart?: Readonly<Record<string, number>>,
  more: Pick<ReverseSale, "claim" | "reference"> = {},
): ReverseSale {
  return reversal("CANCELLATION", name, order, cart && givenUp(cart, "CANCELLED"), more);
}

/** `{ tea: 2 }` of an order comes back, to be sold again unless said otherwise; left out, all that has left. */
export function giveBack(
  name: string,
  order: string,
  cart?: Readonly<Record<string, number>>,
  more: Pick<ReverseSale, "claim" | "reference" | "refund"> & Partial<Pick<GivenUp, "disposition">> = {},
): ReverseSale {
  const { disposition = "RESTOCK", ...rest } = more;
  return reversal("RETURN", name, order, cart && givenUp(cart, disposition), rest);
}

function givenUp(cart: Readonly<Record<string, number>>, disposition: GivenUp["disposition"]): GivenUp[] {
  return linesOf(cart).map((line) => ({ ...line, disposition }));
}

function reversal(
  kind: ReverseSale["kind"],
  name: string,
  order: string,
  lines: readonly GivenUp[] | undefined,
  more: Partial<ReverseSale>,
): ReverseSale {
  return {
    type: "ReverseSale",
    actor,
    reversalId: reversalId(name),
    orderId: orderId(order),
    kind,
    ...(lines && { lines }),
    ...more,
  };
}

/** Pays back an amount, in minor units, for what was cancelled or returned; without one, all that is due. */
export function repay(
  name: string,
  order: string,
  amount?: number,
  more: Pick<RecordRepayment, "claim" | "reference"> = {},
): RecordRepayment {
  return {
    type: "RecordRepayment",
    actor,
    repaymentId: repaymentId(name),
    orderId: orderId(order),
    ...(amount === undefined ? {} : { amount }),
    ...more,
  };
}

/** Sets `{ tea: 2 }` aside at one place, to be sent to another. */
export function send(
  name: string,
  from: string,
  to: string,
  cart: Readonly<Record<string, number>>,
  more: Partial<Pick<CreateTransfer, "claim" | "reference" | "note" | "expectedAt">> = {},
): CreateTransfer {
  return { ...buy(name, to, cart, more), fromLocationId: from as LocationId };
}

/** `{ tea: 2 }` is expected from a supplier. */
export function buy(
  name: string,
  to: string,
  cart: Readonly<Record<string, number>>,
  more: Partial<Pick<CreateTransfer, "claim" | "reference" | "note" | "expectedAt">> = {},
): CreateTransfer {
  const lines = Object.entries(cart).map(([sku, quantity]) => ({ sku: sku as Sku, quantity: quantity as Quantity }));
  return {
    type: "CreateTransfer",
    actor,
    transferId: transferId(name),
    toLocationId: to as LocationId,
    lines,
    ...more,
  };
}

export function ship(name: string): ShipTransfer {
  return { type: "ShipTransfer", actor, transferId: transferId(name) };
}

/** `{ tea: 2 }` of a transfer arrives, to be sold unless said otherwise; left out, all that is on its way. */
export function receive(
  name: string,
  transfer: string,
  cart?: Readonly<Record<string, number>>,
  more: Pick<ReceiveTransfer, "claim" | "reference"> & { readonly condition?: Condition } = {},
): ReceiveTransfer {
  const { condition = "SELLABLE", ...rest } = more;
  const lines = Object.entries(cart ?? {}).map(([sku, quantity]) => ({
    sku: sku as Sku,
    quantity: quantity as Quantity,
    condition,
  }));
  return {
    type: "ReceiveTransfer",
    actor,
    receiptId: receiptId(name),
    transferId: transferId(transfer),
    ...(cart && { lines }),
    ...rest,
  };
}

/** What of a transfer has not arrived is lost. */
export function closeShort(
  name: string,
  more: Partial<Pick<CloseTransfer, "lossReason" | "note">> = {},
): CloseTransfer {
  return { type: "CloseTransfer", actor, transferId: transferId(name), lossReason: "lost", ...more };
}

export function callOff(name: string): CancelTransfer {
  return { type: "CancelTransfer", actor, transferId: transferId(name) };
}

/** Corrects a level to the given figures, as a reviewer has seen them. */
export function correct(
  name: string,
  stockName: string,
  totalStock: number,
  reservedStock: number,
  committedStock: number,
): CorrectStock {
  const expected = { totalStock, reservedStock, committedStock };
  return {
    type: "CorrectStock",
    actor,
    correctionId: correctionId(name),
    ...levelNamed(stockName),
    reason: "edited by hand",
    expected,
  };
}

/** Each command once, in an order in which all that can be is accepted: what every store has to keep. */
export const oneOfEach: { readonly [T in Command["type"]]: CommandOf<T> } = {
  CreateProduct: create("tea", 10, claim("created")),
  ChangeProduct: change("tea", { name: "Finer tea", ifVersion: 1 }),
  CreateLocation: { ...open("berlin"), ...claim("opened") },
  ChangeLocation: changePlace("berlin", { priority: 2 }),
  AdjustStock: adjust("a1", "tea", 5, claim("adjusted")),
  CountStock: count("a2", "tea", 15, claim("counted")),
  ChangeLevel: changeLevel("tea", { lowStockThreshold: 3 }),
  PlaceOrder: place("o1", { tea: 1 }, { ...claim("placed"), customerId: "ada" }),
  ChangeOrder: note("o1", { reference: "A-1", metadata: { channel: "web" }, ifVersion: 1 }),
  ChangeLines: changeCart("o1", { tea: 2 }, { ifVersion: 2 }),
  ExtendOrder: extend("o1", 1),
  EraseCustomer: erase("o1", "ada", "erased"),
  ConfirmOrder: confirm("o1", "pi_1"),
  RecordRefund: refund("o1", "pi_1"),
  ReviewLatePayment: review("o1", "SELL"),
  CancelOrder: cancel("o1"),
  ExpireOrder: expire("o1"),
  FulfilOrder: fulfil("f1", "o1", { tea: 1 }, claim("fulfilled")),
  ReverseSale: giveBack("r1", "o1", { tea: 1 }, claim("reversed")),
  RecordRepayment: repay("m1", "o1", 400, claim("repaid")),
  CorrectStock: { ...correct("c1", "tea", 15, 0, 1), ...claim("corrected") },
  CreateTransfer: send("t1", "main", "berlin", { tea: 3 }, claim("sent")),
  ShipTransfer: ship("t1"),
  ReceiveTransfer: receive("e1", "t1", { tea: 1 }, claim("received")),
  CloseTransfer: closeShort("t1", { note: "the parcel was open" }),
  CancelTransfer: callOff("t1"),
};
