import type { CommandOf, CustomerId, OrderId, ShownOrder } from "@holdfast/domain";
import { unexpected } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import { type CommandModel, shopKey } from "./command-model.ts";

type EraseCustomer = CommandOf<"EraseCustomer">;

export const eraseCustomerModel: CommandModel<EraseCustomer> = {
  occasions: [
    { when: "anytime", weight: () => 0.08, ask: eraseSome },
    { when: "later", chance: () => 0.05, ask: erase },
  ],
  *replyFaults(witness, { command, reply, from, to }) {
    const { orderId, customerId } = command;
    if (reply.kind === "ok") {
      const shown = reply.subject as ShownOrder;
      if (shown.customerId === customerId) yield `${orderId} was erased, and shows ${customerId} still`;
      const { erased = [] } = witness.order(orderId) ?? {};
      const was = erased.some((each) => each.from === customerId && each.at <= to);
      const isOther = (witness.customerOf(orderId) ?? "a guest") !== customerId;
      if (!was && !isOther) yield `${orderId} was said to be erased, and is not`;
    } else if (reply.kind === "refused" && reply.failure.code === "order_not_found") {
      yield* witness.noOrder(orderId, from);
    } else if (reply.kind !== "not_written") yield* unexpected("EraseCustomer", reply);
  },
  *historyFaults(witness, requests) {
    // Each order is erased as someone asked for it, of the customer that was named.
    for (const { id } of witness.tables.entities.orders.values()) {
      for (const { from, to } of witness.order(id)?.erased ?? []) {
        const isAsked = (each: EraseCustomer) =>
          each.orderId === id && each.customerId === from && each.pseudonym === to;
        if (!requests.some(isAsked)) yield `${from} was erased from ${id} as ${to}, and was not asked for`;
      }
    }
  },
  sequence: {
    share: 0.05,
    draw: ({ random, orderId }) => eraseCustomer(orderId, random.pick(["ann", "bob"]) as CustomerId, "erased-1"),
  },
};

async function eraseSome(person: Person): Promise<void> {
  const { random, database } = person.world;
  const pending = database.tables.pending();
  const orders = random.chance(0.7) ? pending : [...database.tables.entities.orders.values()];
  if (orders.length > 0) await erase(person, random.pick(orders).id);
}

/** Erases the customer of an order as it is now, and at times one that it does not have. */
async function erase(person: Person, orderId: OrderId): Promise<void> {
  const { random, database, crowd } = person.world;
  const customerId = random.chance(0.9)
    ? database.tables.entities.orders.get(orderId)?.customerId
    : random.pick(crowd.customers);
  if (customerId === undefined) return;
  await person.ask((id) => eraseCustomer(orderId, customerId, `erased-${id}`));
}

function eraseCustomer(orderId: OrderId, customerId: CustomerId, pseudonym: string): EraseCustomer {
  return { type: "EraseCustomer", actor: shopKey, orderId, customerId, pseudonym: pseudonym as CustomerId };
}
