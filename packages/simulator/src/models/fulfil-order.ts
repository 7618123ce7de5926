import type { Claim, CommandOf, Failure, FulfilmentId, OrderId, PlacedLine, Quantity } from "@holdfast/domain";
import { type LevelState, sellableIn } from "../checks/level-book.ts";
import { type Answered, unexpected, type Witness } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

type FulfilOrder = CommandOf<"FulfilOrder">;
type Asked = Body<FulfilOrder> & Pick<FulfilOrder, "orderId">;

export const fulfilOrderModel: CommandModel<FulfilOrder> = {
  occasions: [
    { when: "later", chance: (order) => (order?.status === "CONFIRMED" ? 0.6 : 0.05), ask: ship },
    { when: "ordered", weight: () => 0.1, ask: ship },
  ],
  *replyFaults(witness, answered) {
    const { command, reply } = answered;
    const { fulfilmentId, orderId } = command;
    const { fulfilments } = witness.tables.entities;
    if (reply.kind === "ok") {
      const kept = "id" in reply.subject ? fulfilments.get(reply.subject.id as FulfilmentId) : undefined;
      if (kept?.orderId !== orderId || !isAsAsked(kept.lines, command))
        yield `${fulfilmentId} was acknowledged and is not there as asked`;
    } else if (reply.kind === "not_written") {
      if (fulfilments.has(fulfilmentId)) yield `${fulfilmentId} was called not written, and is`;
    } else if (reply.kind === "refused") yield* refusedFaults(witness, answered, reply.failure);
    else yield* unexpected("FulfilOrder", reply);
  },
  *historyFaults({ tables }, requests) {
    const asked = new Map(requests.map((request) => [request.fulfilmentId, request]));
    for (const { id, orderId, lines } of tables.entities.fulfilments.values()) {
      if (id.endsWith("-sold")) continue;
      const request = asked.get(id);
      if (request?.orderId !== orderId || !isAsAsked(lines, request)) yield `${id} is not as it was asked for`;
    }
  },
  sequence: {
    share: 0.08,
    draw: ({ random, id, orderId, sku, claim }) =>
      fulfilOrder({ orderId, ...linesOf(random, [{ sku, quantity: 2 as Quantity }]) }, id, claim),
  },
};

/** Ships all that is left, some of it, or too much; once or in two parcels at once. */
export async function ship(person: Person, id: OrderId): Promise<void> {
  const { random, database } = person.world;
  const ordered = database.tables.entities.orders.get(id)?.lines ?? [];
  for (let parcels = random.pick([1, 1, 2]); parcels > 0; parcels -= 1) {
    await person.askUnderKey(() => ({ orderId: id, ...linesOf(random, ordered) }), fulfilOrder);
  }
}

function linesOf(random: Random, ordered: readonly Pick<PlacedLine, "sku" | "quantity">[]): Pick<FulfilOrder, "lines"> {
  if (ordered.length === 0 || random.chance(0.4)) return {};
  return {
    lines: Array.from({ length: random.pick([1, 1, 2]) }, () => {
      const { sku, quantity } = random.pick(ordered);
      return { sku, quantity: random.between(1, quantity + (random.chance(0.1) ? 1 : 0)) as Quantity };
    }),
  };
}

function fulfilOrder(body: Asked, id: string, claim?: Claim): FulfilOrder {
  const fulfilmentId = `ful_${id}` as FulfilmentId;
  return { type: "FulfilOrder", actor: shopKey, ...body, fulfilmentId, ...(claim && { claim }) };
}

/** Whether lines hold exactly the units that were asked for; any, where all that was left was. */
function isAsAsked(lines: readonly PlacedLine[], { lines: asked }: Pick<FulfilOrder, "lines">): boolean {
  if (asked === undefined) return lines.length > 0;
  const unitsOf = (each: readonly Pick<PlacedLine, "sku" | "quantity">[], sku: string) =>
    each.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
  const skus = new Set([...lines, ...asked].map(({ sku }) => sku));
  return [...skus].every((sku) => unitsOf(lines, sku) === unitsOf(asked, sku));
}

/** Checks that the reason was true at some point between the request and its reply. */
function* refusedFaults(
  witness: Witness,
  { command, from, to }: Answered<FulfilOrder>,
  failure: Failure,
): Iterable<string> {
  const { fulfilmentId, orderId, claim } = command;
  const order = witness.order(orderId);
  const soldFrom = order?.soldFrom ?? Number.POSITIVE_INFINITY;
  switch (failure.code) {
    case "location_not_found":
      yield* witness.noLocations(failure.locationIds, from);
      return;
    case "order_not_found":
      yield* witness.noOrder(orderId, from);
      return;
    case "idempotency_key_reused":
      yield* witness.reusedKey("fulfilments", claim);
      return;
    case "order_not_fulfillable":
      if (soldFrom <= from) yield `${fulfilmentId} was refused as if ${orderId} were not sold`;
      return;
    case "nothing_to_fulfil":
      if (order?.lines.some(({ sku }) => witness.left(orderId, "CANCELLATION", sku, to) > 0) !== false)
        yield `${fulfilmentId} was refused as if all of ${orderId} had left`;
      return;
    case "more_than_sold":
      for (const { sku, requested, open } of failure.excesses) {
        const opens = witness.pointsOf(orderId, from, to).map((at) => witness.left(orderId, "CANCELLATION", sku, at));
        if (soldFrom > to || requested <= open || !opens.includes(open))
          yield `${fulfilmentId} was refused for ${requested} ${sku}, of which ${open} were left`;
      }
      return;
    case "not_yet_released":
      for (const { sku, releaseAt } of failure.unreleased) {
        const isPreorder = order?.lines.some((line) => line.sku === sku && line.releaseAt !== undefined);
        const was = witness.productBetween(sku, from, to).some(({ policies }) => policies.releaseAt === releaseAt);
        if (!isPreorder || !was) yield `${fulfilmentId} was refused as if ${sku} were to be released`;
      }
      return;
    case "stock_not_there": {
      const { sku, locationId, requested, available } = failure;
      const was = ({ counted }: LevelState) => Math.min(counted.committedStock, sellableIn(counted)) === available;
      if (requested <= available || !witness.levelBetween(sku, locationId, from, to).some(was))
        yield `${fulfilmentId} was refused for ${sku} that was there`;
      return;
    }
    default:
      yield* unexpected("FulfilOrder", { kind: "refused", failure });
  }
}
