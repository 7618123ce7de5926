import {
  type Claim,
  type CommandOf,
  type Failure,
  limits,
  type OrderId,
  type Quantity,
  type ReservationBounds,
  type Sku,
  type StockLine,
} from "@holdfast/domain";
import { cartsBetween, customersBetween, type LedgerCart } from "../checks/ledger-order.ts";
import { availableIn } from "../checks/level-book.ts";
import { allowsQuantity } from "../checks/policy-rules.ts";
import { isStocked } from "../checks/sold-out.ts";
import { type Answered, unexpected, type Witness } from "../checks/witness.ts";
import { randomSku } from "../people/crowd.ts";
import type { Person } from "../people/person.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

type ChangeLines = CommandOf<"ChangeLines">;
type Asked = Body<ChangeLines> & Pick<ChangeLines, "orderId">;

export const changeLinesModel: CommandModel<ChangeLines> = {
  occasions: [
    { when: "anytime", weight: () => 0.15, ask: changeSome },
    { when: "ordered", weight: () => 0.1, ask: change },
  ],
  *replyFaults(witness, answered) {
    const { command, reply, from, to } = answered;
    const { orderId } = command;
    if (reply.kind === "ok") {
      // Under a key it is answered as it was right after its change, which others may have overtaken.
      const version = command.claim !== undefined && "version" in reply.subject ? reply.subject.version : undefined;
      const carts =
        version === undefined
          ? cartsOf(witness, orderId, from, to)
          : (witness.order(orderId)?.carts ?? []).filter((cart) => cart.version === version && cart.at <= to);
      if (!carts.some((cart) => isAsked(command, cart))) yield `the lines of ${orderId} were acknowledged and are lost`;
    } else if (reply.kind === "refused") yield* refusedFaults(witness, answered, reply.failure);
    else if (reply.kind !== "not_written") yield* witness.brokenEnd({ ...answered, command });
  },
  *historyFaults(witness, requests) {
    for (const { id, orderId, version, lines, claim } of witness.tables.entities.lineChanges.values()) {
      const cart = witness.order(orderId)?.carts.find((each) => each.version === version);
      const asked = requests.some(
        (request) =>
          request.orderId === orderId &&
          request.claim?.key === claim?.key &&
          request.claim?.fingerprint === claim?.fingerprint &&
          isAsked(request, { lines }),
      );
      if (!asked || cart === undefined || !isAsked({ lines }, cart)) yield `${id} is not as it was asked for`;
    }
    // Each change is one that was asked for, of the version that its caller had seen, and within the bounds that came with it.
    for (const { id } of witness.tables.entities.orders.values()) {
      const [, ...changed] = witness.order(id)?.carts ?? [];
      for (const [index, cart] of changed.entries()) {
        // Lines that were there already are recorded under a key, whatever version it names.
        const stays = isAsked(witness.order(id)?.carts[index] ?? cart, cart);
        const asked = requests.some(
          (request) =>
            request.orderId === id &&
            isAsked(request, cart) &&
            (stays || request.ifVersion === undefined || request.ifVersion === cart.version - 1) &&
            isWithinBounds(witness, request, cart),
        );
        if (!asked) yield `version ${cart.version} of ${id} has lines that were asked for of no version before it`;
      }
    }
  },
  sequence: {
    share: 0.1,
    draw: ({ random, skus, orderId, claim }) => {
      const lines = Array.from({ length: random.between(1, 3) }, () => ({
        sku: random.pick(skus),
        quantity: random.between(1, 4) as Quantity,
      }));
      const ifVersion = random.chance(0.2) ? { ifVersion: random.between(1, 3) } : {};
      const bounds = random.pick<ReservationBounds>([{}, { unitsPerCustomerMax: 5 }, { unitsPerKeyMax: 9 }]);
      return changeLines({ orderId, lines, bounds, ...ifVersion }, "", claim);
    },
  },
};

/** Changes any order that is held now. */
async function changeSome(person: Person): Promise<void> {
  const { random, database } = person.world;
  const pending = database.tables.pending();
  if (pending.length > 0) await change(person, random.pick(pending).id);
}

/** A shopper wants more of something, less of it, or something else; at times two requests overtake each other. */
async function change(person: Person, orderId: OrderId): Promise<void> {
  const { random, database, crowd } = person.world;
  const order = database.tables.entities.orders.get(orderId);
  const asked = (): Asked => {
    const kept = (order?.lines ?? []).filter(() => random.chance(0.7)).map(({ sku, quantity }) => ({ sku, quantity }));
    const more = random.chance(0.5) || kept.length === 0 ? [randomLine()] : [];
    const ifVersion = order === undefined || random.chance(0.4) ? {} : { ifVersion: order.version };
    return { orderId, lines: [...kept, ...more], bounds: random.pick(crowd.bounds), ...ifVersion };
  };
  const randomLine = (): StockLine => ({
    sku: randomSku(random, crowd),
    quantity: (random.chance(0.01) ? limits.lineQuantityMax : random.between(1, 4)) as Quantity,
  });
  const ask = async () => {
    if (random.chance(0.35)) {
      const body = asked();
      await person.ask(() => changeLines(body, ""));
      return;
    }
    const { again } = await person.askUnderKey(asked, changeLines);
    // Sent once more, after others may have changed the lines.
    if (random.chance(0.3)) await again();
  };
  await Promise.all(random.chance(0.3) ? [ask(), ask()] : [ask()]);
}

function changeLines(body: Asked, _id: string, claim?: Claim): ChangeLines {
  return { type: "ChangeLines", actor: shopKey, ...body, ...(claim && { claim }) };
}

function cartsOf(witness: Witness, orderId: OrderId, from: number, to: number): LedgerCart[] {
  const order = witness.order(orderId);
  return order === undefined ? [] : cartsBetween(order, from, to);
}

function isAsked({ lines }: Pick<ChangeLines, "lines">, cart: Pick<ChangeLines, "lines">): boolean {
  const [asked, has] = [unitsOf(lines), unitsOf(cart.lines)];
  return asked.size === has.size && [...asked].every(([sku, units]) => has.get(sku) === units);
}

function unitsOf(lines: readonly StockLine[]): Map<Sku, number> {
  const units = new Map<Sku, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
}

function sumOf(lines: readonly StockLine[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Whether its holders had no more reserved right after a change than the bounds of a request allow, where they got more by it. */
function isWithinBounds(witness: Witness, { orderId, bounds = {} }: ChangeLines, { at, lines }: LedgerCart): boolean {
  const before = witness.order(orderId)?.carts.findLast((cart) => cart.at < at)?.lines ?? [];
  if (sumOf(lines) <= sumOf(before)) return true;
  return holdersOf(witness, orderId, { bounds, from: at, to: at }).every(
    ({ who, unitsMax }) => witness.held.heldAt(who, at) <= unitsMax,
  );
}

interface Within {
  readonly bounds: ReservationBounds;
  readonly from: number;
  readonly to: number;
}

/** Against whom an order counted at some point between two, and how many units each may have. */
function holdersOf(witness: Witness, orderId: OrderId, { bounds, from, to }: Within) {
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
function* refusedFaults(
  witness: Witness,
  { command, from, to }: Answered<ChangeLines>,
  failure: Failure,
): Iterable<string> {
  const { orderId, ifVersion, bounds = {} } = command;
  const { expiries = [], reservationEnded = Number.POSITIVE_INFINITY, version = 0 } = witness.order(orderId) ?? {};
  const units = unitsOf(command.lines);
  const carts = cartsOf(witness, orderId, from, to);
  const [locationId, ...otherPlaces] = new Set(carts.flatMap(({ lines }) => lines.map((line) => line.locationId)));
  switch (failure.code) {
    case "order_not_found":
      yield* witness.noOrder(orderId, from);
      return;
    case "order_not_changeable": {
      if (otherPlaces.length > 0) return;
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
      for (const { sku, locationId: place = locationId, requested, available } of failure.shortfalls) {
        if (place === undefined) continue;
        const held = carts.map(({ lines }) => unitsOf(lines).get(sku) ?? 0);
        const had = witness
          .levelBetween(sku, place, from, to)
          .some(({ counted }) =>
            held.some((own) =>
              (isStocked(counted.version, place) ? witness.owesBetween(sku, from, to) : [0]).some(
                (limit) => Math.max(0, availableIn(counted) + own + limit) === available && own < requested,
              ),
            ),
          );
        const isThere = witness.levelBetween(sku, place, from, to).length > 0;
        if (place !== locationId || units.get(sku) !== requested || available >= requested || (isThere && !had))
          yield `the lines of ${orderId} got a false sold-out of ${sku}`;
      }
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
    case "location_inactive":
      if (locationId === undefined || !witness.locations.between(locationId, from, to).some(({ active }) => !active))
        yield `the lines of ${orderId} were refused for a location that is open`;
      return;
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
