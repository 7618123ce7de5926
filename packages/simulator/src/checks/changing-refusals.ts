import type { CommandOf, Failure, LocationId, OrderId, ReservationBounds, Sku, StockLine } from "@holdfast/domain";
import { limits } from "@holdfast/domain";
import { cartsBetween, customersBetween, type LedgerCart, unitsIn } from "./ledger-order.ts";
import { allowsQuantity } from "./policy-rules.ts";
import { soldOutFaults } from "./sold-out.ts";
import { type Answered, unexpected, type Witness } from "./witness.ts";

type ChangeLines = CommandOf<"ChangeLines">;

/** Every cart that an order had at some point between two. */
export function cartsOf(witness: Witness, orderId: OrderId, from: number, to: number): LedgerCart[] {
  const order = witness.order(orderId);
  return order === undefined ? [] : cartsBetween(order, from, to);
}

/** Units by SKU. */
export function unitsOf(lines: readonly StockLine[]): Map<Sku, number> {
  const units = new Map<Sku, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
}

export function sumOf(lines: readonly StockLine[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

interface Within {
  readonly bounds: ReservationBounds;
  readonly from: number;
  readonly to: number;
}

/** Against whom an order counted at some point between two, and how many units each may have. */
export function holdersOf(witness: Witness, orderId: OrderId, { bounds, from, to }: Within) {
  const { unitsPerCustomerMax = Number.POSITIVE_INFINITY, unitsPerKeyMax = Number.POSITIVE_INFINITY } = bounds;
  const order = witness.order(orderId);
  const customers = order === undefined ? [] : customersBetween(order, from, to);
  const { countsAgainst } = witness.tables.entities.orders.get(orderId) ?? {};
  return [
    ...customers.map((customerId) => ({
      kind: "customer",
      who: `customer:${customerId}`,
      unitsMax: customerId === undefined ? Number.POSITIVE_INFINITY : unitsPerCustomerMax,
    })),
    {
      kind: "key",
      who: `key:${countsAgainst}`,
      unitsMax: countsAgainst === undefined ? Number.POSITIVE_INFINITY : unitsPerKeyMax,
    },
  ];
}

/** Checks that the reason was true at some point between the request and its reply. */
export function* changingRefusalFaults(
  witness: Witness,
  { command, from, to }: Answered<ChangeLines>,
  failure: Failure,
): Iterable<string> {
  const { orderId, ifVersion, bounds = {} } = command;
  const { expiries = [], reservationEnded = Number.POSITIVE_INFINITY, version = 0 } = witness.order(orderId) ?? {};
  const units = unitsOf(command.lines);
  const carts = cartsOf(witness, orderId, from, to);
  switch (failure.code) {
    case "order_not_found":
      yield* witness.noOrder(orderId, from);
      return;
    case "order_not_changeable": {
      // Held still, and refused: then its time must have come by the store's clock.
      const until = expiries.findLast(({ at }) => at <= from)?.expiresAt ?? 0;
      if (reservationEnded > to && witness.latestBy(to) < until) yield `${orderId} was held, and kept its lines`;
      return;
    }
    case "idempotency_key_reused":
      yield* witness.reusedKey("lineChanges", command.claim);
      return;
    case "order_changed":
      if (ifVersion === undefined || ifVersion === failure.version || failure.version > version)
        yield `${orderId} was falsely said to have changed`;
      return;
    case "insufficient_stock":
      if (!carts.some((cart) => [...shortFaults(witness, { command, from, to }, failure, cart)].length === 0))
        yield `the lines of ${orderId} got a false sold-out of ${failure.shortfalls.map(({ sku }) => sku).join()}`;
      return;
    case "hold_limit_exceeded": {
      const { holder, requested, held, unitsMax } = failure;
      const isBound = holdersOf(witness, orderId, { bounds, from, to }).some(
        (bound) =>
          bound.kind === holder &&
          bound.unitsMax === unitsMax &&
          witness.held.heldBetween(bound.who, from, to).includes(held),
      );
      const isMore = carts.some(({ lines }) => sumOf(command.lines) - sumOf(lines) === requested);
      if (!isMore || !isBound || held + requested <= unitsMax)
        yield `the lines of ${orderId} got a false bound of ${holder}`;
      return;
    }
    case "product_not_found":
      yield* witness.noProducts(failure.skus, from);
      return;
    case "product_archived": {
      const wasArchived = (sku: Sku) => witness.productBetween(sku, from, to).some(({ archived }) => archived);
      if (!failure.skus.every((sku) => units.has(sku) && wasArchived(sku)))
        yield `the lines of ${orderId} were refused for what is on sale`;
      return;
    }
    case "quantity_not_allowed":
      for (const { sku, requested } of failure.breaches) {
        const states = witness.productBetween(sku, from, to);
        if (units.get(sku) !== requested || !states.some(({ policies }) => !allowsQuantity(policies, requested)))
          yield `the lines of ${orderId} were refused ${requested} ${sku}, which it may have`;
      }
      return;
    case "customer_required":
      if (witness.order(orderId)?.customerId !== undefined) yield `${orderId} was refused as a guest's`;
      return;
    case "purchase_limit_exceeded":
      for (const { sku, requested, purchased, quantityMax } of failure.excesses) {
        const states = witness.productBetween(sku, from, to);
        const isLimit = states.some(({ policies }) => policies.purchaseLimit?.quantity === quantityMax);
        if (!isLimit || units.get(sku) !== requested || purchased + requested <= quantityMax)
          yield `the lines of ${orderId} were refused ${requested} ${sku}, which its customer may have`;
      }
      return;
    case "location_not_found":
      yield* witness.noLocations(failure.locationIds, from);
      return;
    case "location_inactive": {
      const wasClosed = (id: LocationId) => witness.locations.between(id, from, to).some(({ active }) => !active);
      if (failure.locationIds.length === 0 || !failure.locationIds.every(wasClosed))
        yield `the lines of ${orderId} were refused for a location that is open`;
      return;
    }
    case "order_total_too_large":
    case "currency_mismatch": {
      const { products } = witness.tables.entities;
      const prices = [...units].map(([sku, quantity]) => ({ ...products.get(sku)?.price, quantity }));
      const total = prices.reduce((sum, { amount = 0, quantity }) => sum + amount * quantity, 0);
      const isTrue =
        failure.code === "currency_mismatch"
          ? new Set(prices.map(({ currency }) => currency)).size > 1
          : total > limits.totalAmountMax;
      if (!isTrue) yield `the lines of ${orderId} were falsely refused with ${failure.code}`;
      return;
    }
    default:
      yield* unexpected("ChangeLines", { kind: "refused", failure });
  }
}

/** What is wrong with a refusal for stock, if this was the order's cart: what it lacked was not there. */
function* shortFaults(
  witness: Witness,
  { command: { orderId, lines }, from, to }: Pick<Answered<ChangeLines>, "command" | "from" | "to">,
  failure: Extract<Failure, { code: "insufficient_stock" }>,
  cart: LedgerCart,
): Iterable<string> {
  const own = [...new Set(cart.lines.map(({ locationId }) => locationId))];
  const others = lines.filter(({ locationId }) => locationId === undefined);
  const named = lines.filter(({ locationId }) => locationId !== undefined);
  const stays = (sku: Sku, place: LocationId) => Math.min(unitsIn(named, sku, place), unitsIn(cart.lines, sku, place));
  const shortfalls = failure.shortfalls.map(({ sku, locationId, requested, available }) => {
    const here = locationId === undefined ? 0 : unitsIn(named, sku, locationId);
    const free = cart.lines.reduce(
      (sum, line) => (line.sku === sku ? sum + line.quantity - stays(sku, line.locationId) : sum),
      0,
    );
    const keptElsewhere = Math.min(unitsIn(others, sku), free);
    const isAll = requested === here + unitsIn(others, sku);
    const kept = (locationId === undefined ? 0 : stays(sku, locationId)) + (isAll ? keptElsewhere : 0);
    return {
      isAsked: isAll || requested === here,
      of: { sku, locationId, requested: requested - kept, available: available - kept },
    };
  });
  if (!shortfalls.every(({ isAsked }) => isAsked))
    yield `the lines of ${orderId} were refused for what was not asked for`;
  for (const { sku, locationId } of failure.shortfalls) {
    const isFree = cart.allocatedBy !== undefined || locationId === undefined;
    if (!isFree && !own.includes(locationId) && unitsIn(named, sku, locationId) === 0)
      yield `the lines of ${orderId} were refused for ${locationId}, where they need not be`;
  }
  yield* soldOutFaults(witness, `the lines of ${orderId}`, {
    units: unitsOf(lines),
    failure: { ...failure, shortfalls: shortfalls.map(({ of }) => of) as typeof failure.shortfalls },
    from,
    to,
    beside: { freed: [], taken: (sku, place) => unitsIn(named, sku, place) - stays(sku, place) },
    ...(cart.allocatedBy === undefined && { among: own }),
  });
}
