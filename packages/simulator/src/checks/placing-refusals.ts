import { type CommandOf, type Failure, limits, type Sku } from "@holdfast/domain";
import { boundOf, freedBy, mostSeconds, unitsOf } from "./asked-order.ts";
import { unitsIn } from "./ledger-order.ts";
import { allowsQuantity } from "./policy-rules.ts";
import { soldOutFaults } from "./sold-out.ts";
import { type Answered, unexpected, type Witness } from "./witness.ts";

/** Checks that the reason was true at some point between the request and its reply. */
export function* placingRefusalFaults(
  witness: Witness,
  { command, from, to }: Answered<CommandOf<"PlaceOrder">>,
  failure: Failure,
): Iterable<string> {
  const { orderId, claim } = command;
  const units = unitsOf(command);
  switch (failure.code) {
    case "insufficient_stock":
      yield* soldOutFaults(witness, orderId, {
        units,
        failure,
        from,
        to,
        beside: {
          freed: freedBy(witness, command),
          taken: (sku, place) => unitsIn(command.lines, sku, place),
        },
      });
      return;
    case "order_not_found": {
      const { replaces = orderId, customerId } = command;
      if (witness.order(replaces)?.customerId === customerId) yield* witness.noOrder(replaces, from);
      return;
    }
    case "order_not_replaceable": {
      const { status = "PENDING_PAYMENT" } = witness.order(command.replaces ?? orderId) ?? {};
      if (status === "PENDING_PAYMENT" || status === "EXPIRED") yield `${command.replaces} could have been replaced`;
      return;
    }
    case "hold_limit_exceeded": {
      const { requested, held } = failure;
      const { who, unitsMax } = boundOf(command, failure.holder);
      const asked = [...units.values()].reduce((sum, quantity) => sum + quantity, 0);
      const over = requested === asked && held + requested > unitsMax && failure.unitsMax === unitsMax;
      const { replaces } = command;
      const freed = replaces === undefined ? [] : witness.held.unitsOf(who, replaces);
      const before = witness.held.heldBetween(who, from, to);
      if (!over || ![0, ...freed].some((units) => before.includes(held + units))) {
        yield `${orderId} got a false bound of ${who}`;
      }
      return;
    }
    case "product_not_found":
      yield* witness.noProducts(failure.skus, from);
      return;
    case "location_not_found":
      yield* witness.noLocations(failure.locationIds, from);
      return;
    case "location_inactive":
      if (
        failure.locationIds.length === 0 ||
        !failure.locationIds.every((id) => witness.locations.between(id, from, to).some(({ active }) => !active))
      )
        yield `${orderId} was refused for a location that is open`;
      return;
    case "hold_too_long":
      if (command.holdSeconds <= (mostSeconds(witness, command, from, to) ?? limits.holdSecondsMax))
        yield `${orderId} was refused as held for too long`;
      return;
    case "quantity_not_allowed":
      for (const { sku, requested } of failure.breaches) {
        const states = witness.productBetween(sku, from, to);
        if (units.get(sku) !== requested || !states.some(({ policies }) => !allowsQuantity(policies, requested)))
          yield `${orderId} was refused ${requested} ${sku}, which it may have`;
      }
      if (failure.breaches.length === 0) yield `${orderId} was refused for quantities that none of its lines has`;
      return;
    case "customer_required": {
      const { customerId } = command;
      const wasLimited = (sku: Sku) =>
        witness.productBetween(sku, from, to).some(({ policies }) => policies.purchaseLimit !== undefined);
      if (customerId !== undefined || failure.skus.length === 0 || !failure.skus.every(wasLimited))
        yield `${orderId} was refused as a guest's`;
      return;
    }
    case "purchase_limit_exceeded":
      for (const { sku, requested, purchased, quantityMax } of failure.excesses) {
        const { customerId } = command;
        const most = customerId === undefined ? 0 : witness.mostBought(customerId, sku, from, to);
        const over = requested === units.get(sku) && purchased + requested > quantityMax && purchased <= most;
        const states = witness.productBetween(sku, from, to);
        if (!over || !states.some(({ policies }) => policies.purchaseLimit?.quantity === quantityMax))
          yield `${orderId} was refused ${requested} ${sku}, of which its customer has ${purchased}`;
      }
      if (failure.excesses.length === 0) yield `${orderId} was refused for no product's limit`;
      return;
    case "product_archived": {
      const wasArchived = (sku: Sku) => witness.productBetween(sku, from, to).some(({ archived }) => archived);
      const { skus } = failure;
      if (skus.length === 0 || !skus.every((sku) => units.has(sku) && wasArchived(sku)))
        yield `${orderId} was refused for what is on sale`;
      return;
    }
    case "order_total_too_large": {
      const { products } = witness.tables.entities;
      const total = [...units].reduce(
        (sum, [sku, quantity]) => sum + quantity * (products.get(sku)?.price.amount ?? 0),
        0,
      );
      if (total <= limits.totalAmountMax) yield `${orderId} was refused as too dear`;
      return;
    }
    case "currency_mismatch": {
      const { products } = witness.tables.entities;
      const currencies = new Set([...units.keys()].map((sku) => products.get(sku)?.price.currency));
      if (currencies.size < 2) yield `${orderId} was refused for currencies that it does not mix`;
      return;
    }
    case "idempotency_key_reused":
      yield* witness.reusedKey("orders", claim);
      return;
    default:
      yield* unexpected("PlaceOrder", { kind: "refused", failure });
  }
}
