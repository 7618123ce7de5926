import type {
  Actor,
  AdjustmentId,
  AdjustStock,
  CancelOrder,
  Claim,
  ConfirmOrder,
  CreateProduct,
  LatePaymentPolicy,
  OrderId,
  PlaceOrder,
  Quantity,
  RecordRefund,
  ReviewDecision,
  ReviewLatePayment,
  StockLine,
} from "@holdfast/domain";
import type { Random } from "../random.ts";
import type { Crowd } from "./crowd.ts";

const actor = "shop" as Actor;

/** A command as a client puts it: the API gives it ids, at every attempt new ones. */
export type Body<C> = Omit<C, "type" | "actor" | "orderId" | "adjustmentId" | "claim">;

/** The products that a simulation sells. */
export function catalogue(random: Random, { skus, stockMax }: Crowd): Body<CreateProduct>[] {
  return skus.map((sku) => ({
    sku,
    name: `Fine ${sku}`,
    price: { amount: random.between(1, 900), currency: sku === "fan" ? "JPY" : "EUR" },
    totalStock: random.between(0, stockMax),
  }));
}

/** A cart of a few lines, one SKU on several of them at times. */
export function randomCart(random: Random, { skus, locations, customers, bounds }: Crowd): Body<PlaceOrder> {
  const lines: StockLine[] = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => ({
    sku: random.pick(skus),
    quantity: random.between(1, 4) as Quantity,
  }));
  const customerId = random.pick(customers);
  const who = customerId === undefined ? {} : { customerId };
  return { locationId: random.pick(locations), lines, holdSeconds: random.pick([1, 2, 5, 10, 30]), ...who, bounds };
}

/** Marks an adjustment that the rules allow and no store can write. */
export const unwritable = "unwritable";

export function randomAdjustment(random: Random, { skus, locations }: Crowd): Body<AdjustStock> {
  const delta = random.between(-4, 6) || 1;
  const body = { sku: random.pick(skus), locationId: random.pick(locations), delta, reason: "restock" } as const;
  return random.chance(0.05) ? { ...body, reference: unwritable } : body;
}

export function createProduct(body: Body<CreateProduct>, id: string, claim?: Claim): CreateProduct {
  return { type: "CreateProduct", actor, ...body, adjustmentId: `adj_${id}` as AdjustmentId, ...(claim && { claim }) };
}

export function adjustStock(body: Body<AdjustStock>, id: string, claim?: Claim): AdjustStock {
  return { type: "AdjustStock", actor, ...body, adjustmentId: `adj_${id}` as AdjustmentId, ...(claim && { claim }) };
}

export function placeOrder(body: Body<PlaceOrder>, id: string, claim?: Claim): PlaceOrder {
  return { type: "PlaceOrder", actor, ...body, orderId: `ord_${id}` as OrderId, ...(claim && { claim }) };
}

/** How an order is paid: each card's payment has a reference of its own, and one that comes by transfer has none. */
export const payments = ["card", "card", "card", "other card", "transfer"] as const;
export type PaidBy = (typeof payments)[number];

export function confirmOrder(orderId: OrderId, latePayment: LatePaymentPolicy, by: PaidBy): ConfirmOrder {
  return { type: "ConfirmOrder", actor, orderId, ...referenceOf(orderId, by), latePayment };
}

export function recordRefund(orderId: OrderId, by: PaidBy, refundReference?: string): RecordRefund {
  const refund = refundReference === undefined ? {} : { refundReference };
  return { type: "RecordRefund", actor, orderId, ...referenceOf(orderId, by), ...refund };
}

function referenceOf(orderId: OrderId, by: PaidBy): { paymentReference?: string } {
  return by === "transfer" ? {} : { paymentReference: `${by}-${orderId.slice(-6)}` };
}

export function reviewLatePayment(orderId: OrderId, decision: ReviewDecision): ReviewLatePayment {
  return { type: "ReviewLatePayment", actor, orderId, decision };
}

export function cancelOrder(orderId: OrderId): CancelOrder {
  return { type: "CancelOrder", actor, orderId };
}
