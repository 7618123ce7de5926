import type {
  Actor,
  AdjustmentId,
  AdjustStock,
  CancelOrder,
  Claim,
  ConfirmOrder,
  CreateProduct,
  LocationId,
  OrderId,
  PlaceOrder,
  Quantity,
  Sku,
  StockLine,
} from "@holdfast/domain";
import type { Random } from "./random.ts";

const actor = "shop" as Actor;
const skus = ["tea", "cup", "pot", "fan"] as Sku[];
const locations = ["main", "main", "main", "berlin"] as LocationId[];

/** A command as a client puts it: the API gives it ids, at every attempt new ones. */
export type Body<C> = Omit<C, "type" | "actor" | "orderId" | "adjustmentId" | "claim">;

/** The products that a simulation sells; one of them in another currency. */
export function catalogue(random: Random): Body<CreateProduct>[] {
  return skus.map((sku) => ({
    sku,
    name: `Fine ${sku}`,
    price: { amount: random.between(1, 900), currency: sku === "fan" ? "JPY" : "EUR" },
    totalStock: random.between(0, 12),
  }));
}

/** A cart of a few lines, one SKU on several of them at times. */
export function randomCart(random: Random): Body<PlaceOrder> {
  const lines: StockLine[] = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => ({
    sku: random.pick(skus),
    quantity: random.between(1, 4) as Quantity,
  }));
  return { locationId: random.pick(locations), lines, holdSeconds: random.pick([1, 2, 5, 10, 30]) };
}

export function randomAdjustment(random: Random): Body<AdjustStock> {
  const delta = random.between(-4, 6) || 1;
  return { sku: random.pick(skus), locationId: random.pick(locations), delta, reason: "restock" };
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

export function confirmOrder(orderId: OrderId): ConfirmOrder {
  return { type: "ConfirmOrder", actor, orderId, paymentReference: `pay-${orderId.slice(-6)}` };
}

export function cancelOrder(orderId: OrderId): CancelOrder {
  return { type: "CancelOrder", actor, orderId };
}
