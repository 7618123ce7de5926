import type { CommandOf, Failure, Sku } from "@holdfast/domain";
import { unitsOf } from "./asked-order.ts";
import { allowsQuantity } from "./policy-rules.ts";
import type { Answered, Witness } from "./witness.ts";

type Placing = Answered<CommandOf<"PlaceOrder">>;
type Refusal<Code extends Failure["code"]> = Extract<Failure, { readonly code: Code }>;

/** Whether a product's bounds on the units of an order did refuse it. */
export function* quantityFaults(
  witness: Witness,
  { command, from, to }: Placing,
  { breaches }: Refusal<"quantity_not_allowed">,
): Iterable<string> {
  const { orderId } = command;
  const units = unitsOf(command);
  for (const { sku, requested } of breaches) {
    const states = witness.productBetween(sku, from, to);
    if (units.get(sku) !== requested || !states.some(({ policies }) => !allowsQuantity(policies, requested)))
      yield `${orderId} was refused ${requested} ${sku}, which it may have`;
  }
  if (breaches.length === 0) yield `${orderId} was refused for quantities that none of its lines has`;
}

/** Whether the order was a guest's, of products that each customer may buy only so often. */
export function* customerFaults(
  witness: Witness,
  { command, from, to }: Placing,
  { skus }: Refusal<"customer_required">,
): Iterable<string> {
  const { orderId, customerId } = command;
  const wasLimited = (sku: Sku) =>
    witness.productBetween(sku, from, to).some(({ policies }) => policies.purchaseLimit !== undefined);
  if (customerId !== undefined || skus.length === 0 || !skus.every(wasLimited))
    yield `${orderId} was refused as a guest's`;
}

/** Whether the customer could have bought so much before that the order went beyond a limit. */
export function* purchaseFaults(
  witness: Witness,
  { command, from, to }: Placing,
  { excesses }: Refusal<"purchase_limit_exceeded">,
): Iterable<string> {
  const { orderId, customerId } = command;
  const units = unitsOf(command);
  for (const { sku, requested, purchased, quantityMax } of excesses) {
    const most = customerId === undefined ? 0 : witness.mostBought(customerId, sku, from, to);
    const over = requested === units.get(sku) && purchased + requested > quantityMax && purchased <= most;
    const states = witness.productBetween(sku, from, to);
    if (!over || !states.some(({ policies }) => policies.purchaseLimit?.quantity === quantityMax))
      yield `${orderId} was refused ${requested} ${sku}, of which its customer has ${purchased}`;
  }
  if (excesses.length === 0) yield `${orderId} was refused for no product's limit`;
}
