import { type CommandOf, type ExtendPolicy, type Failure, type Instant, limits, type OrderId } from "@holdfast/domain";
import { type Answered, unexpected, type Witness } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import { epoch } from "../system/store-clock.ts";
import { type CommandModel, shopKey } from "./command-model.ts";

type ExtendOrder = CommandOf<"ExtendOrder">;

export const extendOrderModel: CommandModel<ExtendOrder> = {
  occasions: [
    { when: "anytime", weight: () => 0.15, ask: extendSome },
    { when: "later", chance: () => 0.1, ask: extend },
  ],
  *replyFaults(witness, answered) {
    const { command, reply, to } = answered;
    const { orderId, expiresAt } = command;
    if (reply.kind === "ok") {
      const { expiries = [] } = witness.order(orderId) ?? {};
      if (!expiries.some((each) => each.at <= to && each.expiresAt >= expiresAt))
        yield `${orderId} was said to be held until ${expiresAt}`;
      if (needsPayment(command)) yield `${orderId} was extended for no payment`;
    } else if (reply.kind === "refused") yield* refusedFaults(witness, answered, reply.failure);
    else yield* unexpected("ExtendOrder", reply);
  },
  *historyFaults(witness, requests) {
    for (const { id } of witness.tables.entities.orders.values()) {
      const { placedAt = 0, expiries = [] } = witness.order(id) ?? {};
      for (const { expiresAt } of expiries.slice(1)) {
        const asked = requests.filter((request) => request.orderId === id && request.expiresAt === expiresAt);
        if (!asked.some((request) => expiresAt <= latestOf(request, { placedAt })))
          yield `${id} was extended for longer than any request may`;
      }
    }
  },
  sequence: {
    share: 0.07,
    draw: ({ random, orderId }) => extendOrder(orderId, (epoch + random.between(0, 60) * 1_000) as Instant, random),
  },
};

/** Extends any order that is held now. */
async function extendSome(person: Person): Promise<void> {
  const { random, database } = person.world;
  const pending = database.tables.pending();
  if (pending.length > 0) await extend(person, random.pick(pending).id);
}

/** Holds an order longer, by a few seconds mostly; at times two requests overtake each other. */
async function extend(person: Person, id: OrderId): Promise<void> {
  const { random, database } = person.world;
  const { expiresAt = epoch } = database.tables.entities.orders.get(id)?.reservation ?? {};
  const ask = () => {
    const command = extendOrder(id, (expiresAt + random.between(-1, 12) * 1_000) as Instant, random);
    return person.ask(() => command);
  };
  await Promise.all(random.chance(0.3) ? [ask(), ask()] : [ask()]);
}

function extendOrder(orderId: OrderId, expiresAt: Instant, random: Random): ExtendOrder {
  const extendFor = random.pick<ExtendPolicy>(["any", "any", "payment"]);
  const named = random.chance(0.7) ? { paymentReference: "pay-1" } : {};
  const bound = random.pick([{}, {}, { holdSecondsMax: 10 }, { holdSecondsMax: 30 }]);
  return { type: "ExtendOrder", actor: shopKey, orderId, expiresAt, extendFor, ...named, ...bound };
}

function needsPayment({ extendFor, paymentReference }: ExtendOrder): boolean {
  return extendFor === "payment" && paymentReference === undefined;
}

function latestOf(
  { holdSecondsMax = limits.holdSecondsMax }: ExtendOrder,
  { placedAt, heldAtMost = holdSecondsMax }: { readonly placedAt: number; readonly heldAtMost?: number | undefined },
): number {
  return placedAt + Math.min(holdSecondsMax, heldAtMost) * 1_000;
}

/** Checks that the reason was true at some point between the request and its reply. */
function* refusedFaults(
  witness: Witness,
  { command, from, to }: Answered<ExtendOrder>,
  failure: Failure,
): Iterable<string> {
  const { orderId, expiresAt } = command;
  const order = witness.order(orderId);
  const { placedAt = 0, expiries = [], reservationEnded = Number.POSITIVE_INFINITY, heldAtMost } = order ?? {};
  switch (failure.code) {
    case "order_not_found":
      yield* witness.noOrder(orderId, from);
      return;
    case "order_not_extendable": {
      // Held still, and refused: then its time must have come by the store's clock.
      const until = expiries.findLast(({ at }) => at <= from)?.expiresAt ?? 0;
      if (reservationEnded > to && witness.latestBy(to) < until) yield `${orderId} was held, and was not extended`;
      return;
    }
    case "payment_not_named":
      if (!needsPayment(command)) yield `${orderId} was refused for a payment that was named`;
      return;
    case "hold_too_long":
      if (failure.latest !== latestOf(command, { placedAt, heldAtMost }) || expiresAt <= failure.latest)
        yield `${orderId} was refused as held for too long`;
      return;
    default:
      yield* unexpected("ExtendOrder", { kind: "refused", failure });
  }
}
