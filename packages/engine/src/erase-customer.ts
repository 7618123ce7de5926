import type { Actor, CustomerId, Failure, OrderId, Result, Unreadable } from "@holdfast/domain";
import type { Engine } from "./engine.ts";
import { RecordUnreadable } from "./outages.ts";
import type { Queries } from "./ports/queries.ts";

/** Orders that are asked for at a time: a few commits. */
const ordersPerRead = 200;

interface Erasure {
  readonly actor: Actor;
  readonly customerId: CustomerId;
  /** At random: nothing leads from it to the id. */
  readonly pseudonym: CustomerId;
  /** Whether there is time for more. */
  readonly goesOn: () => boolean;
}

/** What came of it so far. */
interface Erased {
  readonly orders: number;
  /** Whether none is left. Where some are, the same call goes on with them. */
  readonly complete: boolean;
}

/**
 * Puts a pseudonym in the place of a customer in every order, a few commits at a time. Nothing is kept of how far it has come, the id least
 * of all: asking again goes on with the orders that still have it.
 *
 * Throws `RecordUnreadable`, when all others are done, where an order cannot be read.
 */
export async function eraseCustomer(
  engine: Pick<Engine, "submit">,
  queries: Pick<Queries, "orders">,
  { actor, customerId, pseudonym, goesOn }: Erasure,
): Promise<Result<Erased, Failure>> {
  let orders = 0;
  let after: OrderId | undefined;
  let unreadable: Unreadable | undefined;
  do {
    const page = await queries.orders({ customerId }, { limit: ordersPerRead, ...(after && { after }) });
    const ids = page.flatMap((order) => {
      if (!("unreadable" in order)) return [order.id];
      unreadable ??= order.unreadable;
      return [];
    });
    const results = await Promise.all(
      ids.map((orderId) => engine.submit({ type: "EraseCustomer", actor, orderId, customerId, pseudonym })),
    );
    for (const result of results) if (!result.ok) return result;
    orders += ids.length;
    after = page.at(-1)?.id;
    if (page.length < ordersPerRead) {
      if (unreadable !== undefined) throw new RecordUnreadable(unreadable);
      return { ok: true, value: { orders, complete: true } };
    }
  } while (goesOn());
  return { ok: true, value: { orders, complete: false } };
}
