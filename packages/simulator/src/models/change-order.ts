import type { CommandOf, OrderId } from "@holdfast/domain";
import type { DetailsState } from "../checks/details-book.ts";
import { unexpected } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import { type CommandModel, shopKey } from "./command-model.ts";

type ChangeOrder = CommandOf<"ChangeOrder">;
type Change = Pick<ChangeOrder, "reference" | "metadata">;

export const changeOrderModel: CommandModel<ChangeOrder> = {
  occasions: [
    { when: "anytime", weight: () => 0.08, ask: editSome },
    { when: "later", chance: () => 0.05, ask: edit },
  ],
  *replyFaults(witness, { command, reply, from, to }) {
    const { orderId, ifVersion } = command;
    if (reply.kind === "ok") {
      const states = witness.details.between(orderId, from, to);
      if (!states.some((state) => isAsAsked(command, state)))
        yield `the change of ${orderId} was acknowledged and is lost`;
    } else if (reply.kind === "refused" && reply.failure.code === "order_changed") {
      const { version } = reply.failure;
      if (ifVersion === undefined || ifVersion === version || version > (witness.order(orderId)?.version ?? 0))
        yield `${orderId} was falsely said to have changed`;
    } else if (reply.kind === "refused" && reply.failure.code === "order_not_found") {
      yield* witness.noOrder(orderId, from);
    } else if (reply.kind === "refused" && reply.failure.code === "metadata_too_large") {
      if (!isLarge(command)) yield `the metadata of ${orderId} was refused as too large`;
    } else if (reply.kind !== "not_written") yield* unexpected("ChangeOrder", reply);
  },
  *historyFaults(witness, requests) {
    // Each change is one that was asked for, of the version that its caller had seen.
    for (const { orderId, before, after } of witness.details.changes()) {
      const asked = requests.some(
        (request) =>
          request.orderId === orderId &&
          isOutcome(request, before, after) &&
          (request.ifVersion === undefined || request.ifVersion === after.version - 1),
      );
      if (!asked) yield `version ${after.version} of ${orderId} was asked for of no version before it`;
    }
  },
  sequence: {
    share: 0.06,
    draw: ({ random, orderId }) => {
      const ifVersion = random.chance(0.3) ? { ifVersion: random.between(1, 3) } : {};
      return changeOrder(orderId, { ...randomChange(random), ...ifVersion });
    },
  },
};

function isAsAsked({ reference, metadata }: Change, state: DetailsState): boolean {
  const wanted = metadata === null ? [] : Object.entries(metadata ?? {});
  return (
    (reference === undefined || (reference ?? undefined) === state.reference) &&
    (metadata !== null || state.metadata.size === 0) &&
    wanted.every(([name, value]) => (value ?? undefined) === state.metadata.get(name))
  );
}

/** Whether a change makes exactly one state of another. */
function isOutcome(change: Change, before: DetailsState, after: DetailsState): boolean {
  const named = new Set(Object.keys(change.metadata ?? {}));
  const kept = change.metadata === null ? [] : [...before.metadata].filter(([name]) => !named.has(name));
  const others = [...after.metadata].filter(([name]) => !named.has(name));
  const reference = change.reference === undefined ? before.reference : (change.reference ?? undefined);
  return isAsAsked(change, after) && reference === after.reference && String(kept.sort()) === String(others.sort());
}

/** More than an order may have, by itself. */
function isLarge({ metadata }: Change): boolean {
  return Object.values(metadata ?? {}).some((value) => (value?.length ?? 0) > 4_000);
}

async function editSome(person: Person): Promise<void> {
  const { random, database } = person.world;
  const orders = [...database.tables.entities.orders.values()];
  if (orders.length > 0) await edit(person, random.pick(orders).id);
}

/** Someone writes on an order as it was when they looked; two people at times, who have seen the same. */
async function edit(person: Person, orderId: OrderId): Promise<void> {
  const { random, database, time } = person.world;
  const seen = database.tables.entities.orders.get(orderId)?.version;
  const ask = async () => {
    const change = randomChange(random);
    if (random.chance(0.3)) await time.sleep(random.between(0, 100));
    const ifVersion = seen === undefined || random.chance(0.2) ? {} : { ifVersion: seen };
    await person.ask(() => changeOrder(orderId, { ...change, ...ifVersion }));
  };
  await Promise.all(random.chance(0.5) ? [ask(), ask()] : [ask()]);
}

/** Details that an order may be placed with. */
export function randomDetails(random: Random): Pick<CommandOf<"PlaceOrder">, "reference" | "metadata"> {
  return random.pick([
    {},
    {},
    {},
    { reference: `A-${random.between(1, 3)}` },
    { metadata: { channel: random.pick(["web", "shop"]) } },
    { reference: "A-1", metadata: { channel: "web", gift: "yes" } },
  ]);
}

function randomChange(random: Random): Change {
  return random.pick<Change>([
    { reference: `A-${random.between(1, 3)}` },
    { reference: null },
    { metadata: { channel: random.pick(["web", "shop"]) } },
    { metadata: { channel: null, gift: "no" } },
    { reference: "A-2", metadata: { constructor: "paper" } },
    { metadata: null },
    { metadata: { essay: "x".repeat(random.chance(0.2) ? 4_097 : 9) } },
  ]);
}

function changeOrder(orderId: OrderId, body: Omit<ChangeOrder, "type" | "actor" | "orderId">): ChangeOrder {
  return { type: "ChangeOrder", actor: shopKey, orderId, ...body };
}
