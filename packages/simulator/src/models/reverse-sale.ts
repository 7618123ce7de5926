import {
  type Claim,
  type CommandOf,
  type Failure,
  type OrderId,
  type OrderLine,
  type Quantity,
  type ReversalId,
  type ReversalLine,
  returnDispositions,
  reversalKinds,
} from "@holdfast/domain";
import { type Answered, unexpected, type Witness } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

type ReverseSale = CommandOf<"ReverseSale">;
type Asked = Body<ReverseSale> & Pick<ReverseSale, "orderId">;

export const reverseSaleModel: CommandModel<ReverseSale> = {
  occasions: [{ when: "later", chance: (order) => (order?.status === "CONFIRMED" ? 0.5 : 0.05), ask: giveUp }],
  *replyFaults(witness, answered) {
    const { command, reply } = answered;
    const { reversalId, orderId } = command;
    const { reversals } = witness.tables.entities;
    if (reply.kind === "ok") {
      const kept = "id" in reply.subject ? reversals.get(reply.subject.id as ReversalId) : undefined;
      if (kept?.orderId !== orderId || kept.kind !== command.kind || !isAsAsked(kept.lines, command))
        yield `${reversalId} was acknowledged and is not there as asked`;
    } else if (reply.kind === "not_written") {
      if (reversals.has(reversalId)) yield `${reversalId} was called not written, and is`;
    } else if (reply.kind === "refused") yield* refusedFaults(witness, answered, reply.failure);
    else yield* unexpected("ReverseSale", reply);
  },
  *historyFaults({ tables }, requests) {
    const asked = new Map(requests.map((request) => [request.reversalId, request]));
    for (const { id, orderId, lines, refundDue } of tables.entities.reversals.values()) {
      const request = asked.get(id);
      if (request?.orderId !== orderId || !isAsAsked(lines, request)) yield `${id} is not as it was asked for`;
      if (refundDue > 0 !== (request?.refund ?? true)) yield `${id} makes ${refundDue} due back, which was not asked`;
    }
  },
  sequence: {
    share: 0.06,
    draw: ({ random, id, orderId, sku, claim }) =>
      reverseSale({ orderId, ...bodyOf(random, [{ sku, quantity: 2 as Quantity }]) }, id, claim),
  },
};

/** Cancels or brings back all that can be, some of it, or too much. */
async function giveUp(person: Person, id: OrderId): Promise<void> {
  const { random, database } = person.world;
  for (let times = random.pick([1, 1, 2]); times > 0; times -= 1) {
    const ordered = database.tables.entities.orders.get(id)?.lines ?? [];
    await person.askUnderKey(() => ({ orderId: id, ...bodyOf(random, ordered) }), reverseSale);
  }
}

function bodyOf(random: Random, ordered: readonly Pick<OrderLine, "sku" | "quantity">[]): Body<ReverseSale> {
  const kind = random.pick([...reversalKinds]);
  const refund = kind === "RETURN" && random.chance(0.2) ? { refund: false } : {};
  if (ordered.length === 0 || random.chance(0.3)) return { kind, ...refund };
  const lines = Array.from({ length: random.pick([1, 1, 2]) }, () => {
    const { sku, quantity } = random.pick(ordered);
    const disposition = kind === "RETURN" ? random.pick([...returnDispositions]) : ("CANCELLED" as const);
    return { sku, quantity: random.between(1, quantity) as Quantity, disposition };
  });
  return { kind, ...refund, lines };
}

function reverseSale(body: Asked, id: string, claim?: Claim): ReverseSale {
  const reversalId = `rev_${id}` as ReversalId;
  return { type: "ReverseSale", actor: shopKey, ...body, reversalId, ...(claim && { claim }) };
}

/** Whether lines hold exactly the units that were asked for; any, where all that could be was. */
function isAsAsked(lines: readonly ReversalLine[], { lines: asked }: Pick<ReverseSale, "lines">): boolean {
  if (asked === undefined) return lines.length > 0;
  return wordsOf(lines) === wordsOf(asked);
}

function wordsOf(lines: readonly Pick<ReversalLine, "sku" | "quantity" | "disposition">[]): string {
  const units = new Map<string, number>();
  for (const { sku, quantity, disposition } of lines) {
    const name = `${sku} ${disposition}`;
    units.set(name, (units.get(name) ?? 0) + quantity);
  }
  return [...units]
    .map((pair) => pair.join(" "))
    .sort()
    .join(", ");
}

/** Checks that the reason was true at some point between the request and its reply. */
function* refusedFaults(
  witness: Witness,
  { command, from, to }: Answered<ReverseSale>,
  failure: Failure,
): Iterable<string> {
  const { reversalId, orderId, kind, claim } = command;
  const order = witness.order(orderId);
  const soldFrom = order?.soldFrom ?? Number.POSITIVE_INFINITY;
  const leftAt = (sku: OrderLine["sku"]) =>
    witness.pointsOf(orderId, from, to).map((at) => witness.left(orderId, kind, sku, at));
  switch (failure.code) {
    case "order_not_found":
      yield* witness.noOrder(orderId, from);
      return;
    case "idempotency_key_reused":
      yield* witness.reusedKey("reversals", claim);
      return;
    case "order_not_reversible":
      if (soldFrom <= from) yield `${reversalId} was refused as if ${orderId} were not sold`;
      return;
    case "nothing_to_reverse":
      if (order?.lines.some(({ sku }) => !leftAt(sku).includes(0)) !== false)
        yield `${reversalId} was refused as if nothing of ${orderId} were left`;
      return;
    case "more_than_sold":
    case "more_than_shipped":
      for (const { sku, requested, open } of failure.excesses) {
        if (soldFrom > to || requested <= open || !leftAt(sku).includes(open))
          yield `${reversalId} was refused for ${requested} ${sku}, of which ${open} were left`;
      }
      return;
    case "stock_not_there": {
      const { sku, locationId, requested, available } = failure;
      const states = witness.levelBetween(sku, locationId, from, to);
      if (requested <= available || !states.some(({ counted }) => counted.committedStock === available))
        yield `${reversalId} was refused for ${sku} that was sold`;
      return;
    }
    default:
      yield* unexpected("ReverseSale", { kind: "refused", failure });
  }
}
