import { type CommandOf, type CustomerId, limits, type Order, placedLines } from "@holdfast/domain";
import type { Reply } from "../people/reply.ts";
import { boundOf, contentOf, freedBy, mostSeconds } from "./asked-order.ts";
import { inWords } from "./details-book.ts";
import { unitsIn } from "./ledger-order.ts";
import { availableIn } from "./level-book.ts";
import { shortest } from "./policy-rules.ts";
import type { Answered, Witness } from "./witness.ts";

/** Checks that the order exists as it was asked for and as the reply says. */
export function* acknowledgedFaults(
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
export function* triedFaults(
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
