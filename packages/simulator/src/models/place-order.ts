import {
  allocationPolicies,
  availableStock,
  type Claim,
  type CommandOf,
  type CustomerId,
  type Failure,
  levelKey,
  limits,
  type Order,
  type OrderId,
  placedLines,
  type Quantity,
  type ReservationBounds,
  type Sku,
  type StockLine,
} from "@holdfast/domain";
import { inWords } from "../checks/details-book.ts";
import { unitsIn } from "../checks/ledger-order.ts";
import { availableIn } from "../checks/level-book.ts";
import { allowsQuantity, shortest } from "../checks/policy-rules.ts";
import { type Answered, type UnitsAt, unexpected, type Witness } from "../checks/witness.ts";
import { type Crowd, randomSku } from "../people/crowd.ts";
import type { Person } from "../people/person.ts";
import type { Reply } from "../people/reply.ts";
import type { Random } from "../random.ts";
import { randomDetails } from "./change-order.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

export const placeOrderModel: CommandModel<CommandOf<"PlaceOrder">> = {
  occasions: [
    { when: "anytime", weight: () => 0.7, ask: buy },
    // Another tab: two carts at once, often of the same shopper.
    { when: "anytime", weight: () => 0.1, ask: async (person) => void (await Promise.all([buy(person), buy(person)])) },
  ],
  *replyFaults(witness, answered) {
    const { command, reply } = answered;
    if (reply.kind === "ok" && command.dryRun === true && !reply.replayed) yield* triedFaults(witness, answered, reply);
    else if (reply.kind === "ok") yield* acknowledgedFaults(witness, answered, reply);
    else if (reply.kind === "refused") yield* refusedFaults(witness, answered, reply.failure);
    else if (reply.kind === "not_written") {
      if (witness.tables.entities.orders.has(command.orderId))
        yield `${command.orderId} was called not written, and is`;
    } else if (command.replaces !== undefined) yield* witness.brokenEnd({ ...answered, command: ending(command) });
    else yield* unexpected("PlaceOrder", reply);
  },
  *historyFaults({ tables }, requests) {
    const asked = new Set(requests.filter(({ dryRun }) => dryRun !== true).map(({ orderId }) => orderId));
    for (const { id } of tables.entities.orders.values()) if (!asked.has(id)) yield `no client asked for ${id}`;
  },
  sequence: {
    share: 0.35,
    draw: ({ random, skus, locationId, id, claim }) => {
      const lines = Array.from({ length: random.between(1, 3) }, () => ({
        sku: random.pick(skus),
        quantity: random.between(1, 4) as Quantity,
        ...(random.chance(0.1) && { locationId }),
      }));
      const place = random.chance(0.5) ? { locationId } : { allocateBy: random.pick([...allocationPolicies]) };
      const who = random.pick([{}, { customerId: "ann" as CustomerId }, { customerId: "bob" as CustomerId }]);
      const bounds = random.pick<ReservationBounds>([{}, { unitsPerCustomerMax: 5 }, { unitsPerKeyMax: 9 }]);
      const tried = random.chance(0.1) ? { dryRun: true } : {};
      const usual = random.chance(0.3) ? { isUsualHold: true } : {};
      const hold = { holdSeconds: random.between(1, 9), ...usual };
      return placeOrder({ ...place, lines, ...hold, ...who, bounds, ...tried }, id, claim);
    },
  },
};

export function placeOrder(body: Body<CommandOf<"PlaceOrder">>, id: string, claim?: Claim): CommandOf<"PlaceOrder"> {
  return { type: "PlaceOrder", actor: shopKey, ...body, orderId: `ord_${id}` as OrderId, ...(claim && { claim }) };
}

/** A cart of a few lines, one SKU on several of them at times. */
export function randomCart(random: Random, crowd: Crowd): Body<CommandOf<"PlaceOrder">> {
  const { locations, customers, bounds, allocateBy } = crowd;
  const lines: StockLine[] = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => ({
    sku: randomSku(random, crowd),
    quantity: (random.chance(0.01) ? limits.lineQuantityMax : random.between(1, 4)) as Quantity,
    ...(random.chance(0.05) && { locationId: random.pick(locations) }),
  }));
  const customerId = random.pick(customers);
  const who = customerId === undefined ? {} : { customerId };
  const holdSeconds = random.pick([1, 2, 5, 10, 30]);
  const bound = random.chance(0.03) ? { holdSecondsMax: 5 } : {};
  const tried = random.chance(0.06) ? { dryRun: true } : {};
  const details = randomDetails(random);
  const usual = crowd.hasPolicies && random.chance(0.5) ? { isUsualHold: true } : {};
  const hold = { holdSeconds, ...usual, ...bound };
  const place = random.chance(0.4) ? { locationId: random.pick(locations) } : { allocateBy: random.pick(allocateBy) };
  const body = { ...place, lines, ...hold, ...who, ...details, ...tried };
  return { ...body, bounds: random.pick(bounds) };
}

/** Buys, and comes back to the order in time or too late. */
async function buy(person: Person): Promise<void> {
  const { random, time, crowd } = person.world;
  const cart = () => ({ ...randomCart(random, crowd), ...(random.chance(0.2) && replacing(person)) });
  const { body, reply, again } = await person.askUnderKey(cart, placeOrder);
  if (reply.kind === "ok" && body.dryRun !== true) {
    const order = reply.subject as Order;
    const holdMs = order.holdSeconds * 1_000;
    const late = random.chance(0.4);
    // Some pay at the very moment at which the reservation runs out, before a worker has released it.
    const lateMs = random.chance(0.5) ? random.between(-10, 30) : random.between(-50, 1_500);
    await time.sleep(late ? holdMs + lateMs : random.between(0, holdMs * 0.9));
    if (late && random.chance(0.5)) await buyUp(person, order);
    await person.follow(order.id);
  }
  if (!random.chance(0.2)) return;
  await time.sleep(random.between(0, 1_000));
  await again();
}

/** An order to replace, mostly of the same shopper, that a cart may find in any state. */
function replacing({ world: { random, database } }: Person): Pick<CommandOf<"PlaceOrder">, "replaces" | "customerId"> {
  const orders = random.chance(0.7) ? database.tables.pending() : [...database.tables.entities.orders.values()];
  if (orders.length === 0) return {};
  const { id, customerId } = random.pick(orders);
  return { replaces: id, ...(customerId !== undefined && random.chance(0.9) && { customerId }) };
}

/** Reserves everything that is left of a SKU in another shopper's order, for a while. */
async function buyUp(person: Person, order: Order): Promise<void> {
  const { random, database } = person.world;
  const { sku, locationId } = random.pick(placedLines(order));
  const level = database.tables.entities.levels.get(levelKey(sku, locationId));
  const quantity = (level === undefined ? 0 : availableStock(level)) as Quantity;
  if (quantity <= 0) return;
  const body = { locationId, lines: [{ sku, quantity }], holdSeconds: random.pick([1, 2, 30]) };
  await person.ask((id) => placeOrder(body, id), { as: "'s rival", repeat: "once" });
}

/** Checks that the order exists as it was asked for and as the reply says. */
function* acknowledgedFaults(
  witness: Witness,
  { command, from }: Answered<CommandOf<"PlaceOrder">>,
  reply: Extract<Reply, { kind: "ok" }>,
): Iterable<string> {
  const { orderId } = command;
  const shown = reply.subject as Order;
  const kept = witness.tables.entities.orders.get(shown.id);
  if (kept === undefined) {
    yield `${orderId} was acknowledged and is not there`;
    return;
  }
  if (!reply.replayed && shown.id !== orderId) yield `${orderId} was answered with ${shown.id}`;
  if (shown.version !== 1 || shown.status !== "PENDING_PAYMENT") yield `${orderId} is shown as it is later`;
  if (!reply.replayed) yield* boundFaults(witness, command);
  const { holdSecondsMax = limits.holdSecondsMax } = command;
  if (shown.holdSeconds > holdSecondsMax && !reply.replayed) yield `${orderId} is held for too long`;
  if (!reply.replayed) yield* holdFaults(witness, command, kept);
  yield* placeFaults(witness, command, shown, { replayed: reply.replayed, from });
  for (const order of [shown, kept]) {
    const counted = command.bounds?.unitsPerKeyMax === undefined ? undefined : command.actor;
    if (order.countsAgainst !== counted) yield `${orderId} counts against ${order.countsAgainst}, not ${counted}`;
    if (order.replaces !== command.replaces) yield `${orderId} replaces ${order.replaces}`;
    const written = order === kept && kept.first?.details !== undefined ? kept.first.details : order;
    if (inWords(written) !== inWords(command)) yield `${orderId} was not placed with ${inWords(command)}`;
    const placed = order === kept ? { ...kept, ...kept.first?.cart } : order;
    if (contentOf({ ...placed, ...placedBy(witness, order) }) !== contentOf(command))
      yield `${orderId} is not what was asked for`;
    const amount = placed.lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amount * quantity, 0);
    if (placed.total.amount !== amount) yield `${orderId} has a wrong total`;
  }
}

/** Whose order it was when it was placed, where its customer was erased since. */
function placedBy(witness: Witness, { id, customerId }: Order): Pick<CommandOf<"PlaceOrder">, "customerId"> {
  const isErased = witness.order(id)?.erased.some(({ to }) => to === customerId);
  return isErased ? { customerId: witness.customerOf(id) as CustomerId } : {};
}

/** Checks that units come from the places that the cart named, and the others by the policy that it named. */
function* placeFaults(
  witness: Witness,
  { orderId, allocateBy = "priority", ...cart }: CommandOf<"PlaceOrder">,
  order: Order,
  { replayed, from }: { readonly replayed: boolean; readonly from: number },
): Iterable<string> {
  const lines = placedLines(order);
  const named = cart.lines.map((line) => ({ ...line, locationId: line.locationId ?? cart.locationId }));
  for (const { sku, locationId } of named) {
    if (locationId === undefined) continue;
    const had = unitsIn(lines, sku, locationId);
    const asked = unitsIn(named, sku, locationId);
    const isExact = named.every((line) => line.locationId !== undefined || line.sku !== sku);
    if (had < asked || (isExact && had !== asked)) yield `${orderId} has ${had} ${sku} at ${locationId}, not ${asked}`;
  }
  if (replayed) return;
  const placed = witness.order(orderId)?.placed ?? 0;
  const isFree = cart.locationId === undefined && cart.lines.every(({ locationId }) => locationId === undefined);
  const hadChoice = (point: number) => isFree && witness.locations.activeAt(point).length > 1;
  const policy = hadChoice(placed) ? allocateBy : undefined;
  // A place that is opened while an order is decided may be missed.
  const isMissed = order.allocatedBy === undefined && !hadChoice(Math.min(from, placed));
  if (order.allocatedBy !== policy && !isMissed) yield `${orderId} is allocated by ${order.allocatedBy}, not ${policy}`;
}

/** Checks that a dry run held nothing, and that what it said was true at some point between the request and its reply. */
function* triedFaults(
  witness: Witness,
  { command, from, to }: Answered<CommandOf<"PlaceOrder">>,
  reply: Extract<Reply, { kind: "ok" }>,
): Iterable<string> {
  const { orderId } = command;
  const shown = reply.subject as Order;
  if (witness.tables.entities.orders.has(orderId)) yield `${orderId} was only a dry run, and is there`;
  if (shown.id !== orderId || contentOf(shown) !== contentOf(command)) yield `${orderId} is not what was tried`;
  for (const { sku, locationId, quantity } of placedLines(shown)) {
    const states = witness.levelBetween(sku, locationId, from, to);
    const needed = quantity - Math.max(0, ...freedBy(witness, command).map((at) => at(sku, locationId)));
    const most = Math.max(...witness.owesBetween(sku, from, to));
    if (!states.some(({ counted }) => availableIn(counted) + most >= needed)) yield `${orderId} was said to get ${sku}`;
  }
}

/** Checks that no holder had more reserved right after this order than the order's bounds allow. */
function* boundFaults(witness: Witness, command: CommandOf<"PlaceOrder">): Iterable<string> {
  const placed = witness.order(command.orderId)?.placed ?? 0;
  for (const holder of ["customer", "key"] as const) {
    const { who, unitsMax } = boundOf(command, holder);
    const held = witness.held.heldAt(who, placed);
    if (held > unitsMax) yield `${command.orderId} gave ${who} ${held} units of at most ${unitsMax}`;
  }
}

/** A holder's name in the book, and the most that it may hold. A guest has no bound. */
function boundOf({ bounds, customerId, actor }: CommandOf<"PlaceOrder">, holder: "customer" | "key") {
  const unlimited = Number.POSITIVE_INFINITY;
  if (holder === "key") return { who: `key:${actor}`, unitsMax: bounds?.unitsPerKeyMax ?? unlimited };
  const unitsMax = customerId === undefined ? undefined : bounds?.unitsPerCustomerMax;
  return { who: `customer:${customerId}`, unitsMax: unitsMax ?? unlimited };
}

/** Checks that the reason was true at some point between the request and its reply. */
function* refusedFaults(
  witness: Witness,
  { command, from, to }: Answered<CommandOf<"PlaceOrder">>,
  failure: Failure,
): Iterable<string> {
  const { orderId, claim } = command;
  const units = unitsOf(command);
  switch (failure.code) {
    case "insufficient_stock":
      yield* witness.soldOut(orderId, units, failure, from, to, {
        freed: freedBy(witness, command),
        taken: (sku, place) => unitsIn(command.lines, sku, place),
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

function contentOf(order: Pick<CommandOf<"PlaceOrder">, "customerId" | "lines">): string {
  return JSON.stringify([order.customerId ?? "a guest", [...unitsOf(order)]]);
}

/** The shortest that the shop or a product of the cart ever let an order of it be held, between two points. */
function mostSeconds(
  witness: Witness,
  { lines, holdSecondsMax }: CommandOf<"PlaceOrder">,
  from: number,
  to: number,
): number | undefined {
  const states = lines.flatMap(({ sku }) => witness.productBetween(sku, from, to));
  return shortest([holdSecondsMax, ...states.map(({ policies }) => policies.holdSecondsMax)]);
}

/** Checks that an order is held as long as was asked for, or, where nothing was, as its products say, within every bound. */
function* holdFaults(witness: Witness, command: CommandOf<"PlaceOrder">, { id, holdSeconds }: Order): Iterable<string> {
  const { placed = 0 } = witness.order(id) ?? {};
  const rules = command.lines.flatMap(({ sku }) => witness.productBetween(sku, placed, placed));
  const own = shortest(rules.map(({ policies }) => policies.holdSeconds));
  const most = mostSeconds(witness, command, placed, placed) ?? limits.holdSecondsMax;
  const wanted = command.isUsualHold === true ? (own ?? command.holdSeconds) : command.holdSeconds;
  const due = command.isUsualHold === true ? Math.min(wanted, most) : wanted;
  if (holdSeconds !== due) yield `${id} is held for ${holdSeconds} seconds, not ${due}`;
}

/** The part of a cart that ends the order it replaces. */
function ending(command: CommandOf<"PlaceOrder">): CommandOf<"PlaceOrder"> {
  return { ...command, orderId: command.replaces ?? command.orderId };
}

/** What an order to be replaced gives back at each place, by each cart that it has had. */
function freedBy(witness: Witness, { replaces }: CommandOf<"PlaceOrder">): UnitsAt[] {
  const replaced = replaces === undefined ? undefined : witness.order(replaces);
  return (replaced?.carts ?? []).map(
    ({ lines }) =>
      (sku, place) =>
        unitsIn(lines, sku, place),
  );
}

/** Units per SKU, in order of first mention. */
function unitsOf({ lines }: Pick<CommandOf<"PlaceOrder">, "lines">): Map<Sku, number> {
  const units = new Map<Sku, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
}
