import {
  type Claim,
  type CommandOf,
  limits,
  type OrderId,
  type Quantity,
  type ReservationBounds,
  type StockLine,
} from "@holdfast/domain";
import { stayingFaults } from "../checks/changed-places.ts";
import { cartsOf, changingRefusalFaults, holdersOf, sumOf, unitsOf } from "../checks/changing-refusals.ts";
import { linesOf } from "../checks/ledger-names.ts";
import { type LedgerCart, unitsIn } from "../checks/ledger-order.ts";
import type { Witness } from "../checks/witness.ts";
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
      if (!reply.replayed && version !== undefined) yield* placesFaults(witness, command, version);
    } else if (reply.kind === "refused") yield* changingRefusalFaults(witness, answered, reply.failure);
    else if (reply.kind !== "not_written") yield* witness.brokenEnd({ ...answered, command });
  },
  *historyFaults(witness, requests) {
    for (const made of witness.tables.entities.lineChanges.values()) {
      const { id, orderId, version, claim } = made;
      const lines = linesOf(made);
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
    draw: ({ random, skus, locationId, orderId, claim }) => {
      const lines = Array.from({ length: random.between(1, 3) }, () => ({
        sku: random.pick(skus),
        quantity: random.between(1, 4) as Quantity,
        ...(random.chance(0.15) && { locationId }),
      }));
      const ifVersion = random.chance(0.2) ? { ifVersion: random.between(1, 3) } : {};
      const bounds = random.pick<ReservationBounds>([{}, { unitsPerCustomerMax: 5 }, { unitsPerKeyMax: 9 }]);
      return changeLines({ orderId, lines, bounds, ...ifVersion }, "", claim);
    },
  },
};

/** Changes any order that is held now, and one of several places more often than there are such. */
async function changeSome(person: Person): Promise<void> {
  const { random, database } = person.world;
  const pending = database.tables.pending();
  const split = pending.filter(({ locationId }) => locationId === undefined);
  const orders = split.length > 0 && random.chance(0.5) ? split : pending;
  if (orders.length > 0) await change(person, random.pick(orders).id);
}

/** A shopper wants more of something, less of it, or something else; at times two requests overtake each other. */
async function change(person: Person, orderId: OrderId): Promise<void> {
  const { random, database, crowd } = person.world;
  const order = database.tables.entities.orders.get(orderId);
  const asked = (): Asked => {
    const place = () => random.chance(0.12) && { locationId: random.pick(crowd.locations) };
    const kept = (order?.lines ?? [])
      .filter(() => random.chance(0.7))
      .map(({ sku, quantity }) => ({ sku, quantity, ...place() }));
    const more = random.chance(0.5) || kept.length === 0 ? [{ ...randomLine(), ...place() }] : [];
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

/** Whether a cart is what was asked for: as many units of each SKU, and of lines that name a place as many there. */
function isAsked({ lines }: Pick<ChangeLines, "lines">, cart: Pick<LedgerCart, "lines">): boolean {
  const [asked, has] = [unitsOf(lines), unitsOf(cart.lines)];
  const isThere = lines.every(
    ({ sku, locationId }) =>
      locationId === undefined || unitsIn(cart.lines, sku, locationId) >= unitsIn(lines, sku, locationId),
  );
  return isThere && asked.size === has.size && [...asked].every(([sku, units]) => has.get(sku) === units);
}

/** Checks that an order has its units where it may after a change. Of one that Holdfast allocates the ledger has checked it. */
function* placesFaults(witness: Witness, { orderId, lines }: ChangeLines, version: number): Iterable<string> {
  const carts = witness.order(orderId)?.carts ?? [];
  const index = carts.findIndex((cart) => cart.version === version);
  const [before, after] = [carts[index - 1], carts[index]];
  if (before === undefined || after === undefined) return;
  const isFree = lines.every(({ locationId }) => locationId === undefined);
  const allocatedBy = isFree ? before.allocatedBy : undefined;
  if (after.allocatedBy !== allocatedBy) yield `${orderId} is allocated by ${after.allocatedBy}, not ${allocatedBy}`;
  if (!isFree || allocatedBy !== undefined) return;
  yield* stayingFaults(orderId, before.lines, after.lines);
  const own = new Set(before.lines.map(({ locationId }) => locationId));
  for (const { sku, locationId } of after.lines) {
    if (!own.has(locationId)) yield `${orderId} has ${sku} at ${locationId}, which none of its carts named`;
  }
}

/** Whether its holders had no more reserved right after a change than the bounds of a request allow, where they got more by it. */
function isWithinBounds(witness: Witness, { orderId, bounds = {} }: ChangeLines, { at, lines }: LedgerCart): boolean {
  const before = witness.order(orderId)?.carts.findLast((cart) => cart.at < at)?.lines ?? [];
  if (sumOf(lines) <= sumOf(before)) return true;
  return holdersOf(witness, orderId, { bounds, from: at, to: at }).every(
    ({ who, unitsMax }) => witness.held.heldAt(who, at) <= unitsMax,
  );
}
