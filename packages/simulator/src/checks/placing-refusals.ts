import { type CommandOf, type Failure, type LocationId, limits, type Sku } from "@holdfast/domain";
import { boundOf, freedBy, mostSeconds, unitsOf } from "./asked-order.ts";
import { unitsIn } from "./ledger-order.ts";
import { customerFaults, purchaseFaults, quantityFaults } from "./policy-refusals.ts";
import { soldOutFaults, type UnitsAt } from "./sold-out.ts";
import { type Answered, unexpected, type Witness } from "./witness.ts";

type Placing = Answered<CommandOf<"PlaceOrder">>;

/** Checks that the reason was true at some point between the request and its reply. */
export function* placingRefusalFaults(witness: Witness, asked: Placing, failure: Failure): Iterable<string> {
  const { command, from, to } = asked;
  switch (failure.code) {
    case "insufficient_stock": {
      const { orderId, lines } = command;
      const freed = freedBy(witness, command);
      const beside = { freed, taken: (...at: Parameters<UnitsAt>) => unitsIn(lines, ...at) };
      yield* soldOutFaults(witness, orderId, { units: unitsOf(command), failure, from, to, beside });
      return;
    }
    case "order_not_found":
    case "order_not_replaceable":
      yield* replacedFaults(witness, asked, failure.code);
      return;
    case "hold_limit_exceeded":
      yield* boundFaults(witness, asked, failure);
      return;
    case "product_not_found":
      yield* witness.noProducts(failure.skus, from);
      return;
    case "product_archived":
      yield* archivedFaults(witness, asked, failure.skus);
      return;
    case "location_not_found":
      yield* witness.noLocations(failure.locationIds, from);
      return;
    case "location_inactive":
      yield* inactiveFaults(witness, asked, failure.locationIds);
      return;
    case "hold_too_long":
      if (command.holdSeconds <= (mostSeconds(witness, command, from, to) ?? limits.holdSecondsMax))
        yield `${command.orderId} was refused as held for too long`;
      return;
    case "quantity_not_allowed":
      yield* quantityFaults(witness, asked, failure);
      return;
    case "customer_required":
      yield* customerFaults(witness, asked, failure);
      return;
    case "purchase_limit_exceeded":
      yield* purchaseFaults(witness, asked, failure);
      return;
    case "order_total_too_large":
    case "currency_mismatch":
      yield* totalFaults(witness, asked, failure.code);
      return;
    case "idempotency_key_reused":
      yield* witness.reusedKey("orders", command.claim);
      return;
    default:
      yield* unexpected("PlaceOrder", { kind: "refused", failure });
  }
}

function* replacedFaults(
  witness: Witness,
  { command, from }: Placing,
  code: "order_not_found" | "order_not_replaceable",
): Iterable<string> {
  const { orderId, customerId, replaces = orderId } = command;
  const replaced = witness.order(replaces);
  if (code === "order_not_found") {
    if (replaced?.customerId === customerId) yield* witness.noOrder(replaces, from);
    return;
  }
  const { status = "PENDING_PAYMENT" } = replaced ?? {};
  if (status === "PENDING_PAYMENT" || status === "EXPIRED") yield `${replaces} could have been replaced`;
}

function* boundFaults(
  witness: Witness,
  { command, from, to }: Placing,
  failure: Extract<Failure, { readonly code: "hold_limit_exceeded" }>,
): Iterable<string> {
  const { orderId, replaces } = command;
  const { requested, held } = failure;
  const { who, unitsMax } = boundOf(command, failure.holder);
  const asked = [...unitsOf(command).values()].reduce((sum, quantity) => sum + quantity, 0);
  const over = requested === asked && held + requested > unitsMax && failure.unitsMax === unitsMax;
  const freed = replaces === undefined ? [] : witness.held.unitsOf(who, replaces);
  const before = witness.held.heldBetween(who, from, to);
  if (!over || ![0, ...freed].some((units) => before.includes(held + units)))
    yield `${orderId} got a false bound of ${who}`;
}

function* archivedFaults(witness: Witness, { command, from, to }: Placing, skus: readonly Sku[]): Iterable<string> {
  const units = unitsOf(command);
  const wasArchived = (sku: Sku) => witness.productBetween(sku, from, to).some(({ archived }) => archived);
  if (skus.length === 0 || !skus.every((sku) => units.has(sku) && wasArchived(sku)))
    yield `${command.orderId} was refused for what is on sale`;
}

function* inactiveFaults(
  witness: Witness,
  { command, from, to }: Placing,
  ids: readonly LocationId[],
): Iterable<string> {
  const wasClosed = (id: LocationId) => witness.locations.between(id, from, to).some(({ active }) => !active);
  if (ids.length === 0 || !ids.every(wasClosed)) yield `${command.orderId} was refused for a location that is open`;
}

function* totalFaults(
  witness: Witness,
  { command }: Placing,
  code: "order_total_too_large" | "currency_mismatch",
): Iterable<string> {
  const { products } = witness.tables.entities;
  const units = [...unitsOf(command)];
  const total = units.reduce((sum, [sku, quantity]) => sum + quantity * (products.get(sku)?.price.amount ?? 0), 0);
  const currencies = new Set(units.map(([sku]) => products.get(sku)?.price.currency));
  if (code === "order_total_too_large" && total <= limits.totalAmountMax)
    yield `${command.orderId} was refused as too dear`;
  if (code === "currency_mismatch" && currencies.size < 2)
    yield `${command.orderId} was refused for currencies that it does not mix`;
}
