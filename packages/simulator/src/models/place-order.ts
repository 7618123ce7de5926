import {
  allocationPolicies,
  availableStock,
  type Claim,
  type CommandOf,
  type CustomerId,
  levelKey,
  limits,
  type Order,
  type OrderId,
  placedLines,
  type Quantity,
  type ReservationBounds,
  type StockLine,
} from "@holdfast/domain";
import { acknowledgedFaults, triedFaults } from "../checks/placed-orders.ts";
import { placingRefusalFaults } from "../checks/placing-refusals.ts";
import { unexpected } from "../checks/witness.ts";
import { type Crowd, randomSku } from "../people/crowd.ts";
import type { Person } from "../people/person.ts";
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
    else if (reply.kind === "refused") yield* placingRefusalFaults(witness, answered, reply.failure);
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

/** The part of a cart that ends the order it replaces. */
function ending(command: CommandOf<"PlaceOrder">): CommandOf<"PlaceOrder"> {
  return { ...command, orderId: command.replaces ?? command.orderId };
}
