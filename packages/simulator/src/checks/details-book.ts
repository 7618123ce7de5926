// A part of the oracle, which ledger.ts keeps: derive nothing here from the domain's rules.
import type { Order, OrderId } from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";

/** What a shop wrote on an order. */
interface Written {
  readonly reference?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What was written on an order, from a point of the ledger's time on. */
export interface DetailsState {
  readonly from: number;
  /** The order's, that it came with. */
  readonly version: number;
  readonly reference: string | undefined;
  readonly metadata: ReadonlyMap<string, string>;
}

/** What was written on every order, at every point, by the events alone. */
export class DetailsBook {
  readonly #states = new Map<OrderId, DetailsState[]>();

  enter(orderId: OrderId, { reference, metadata = {} }: Written, version: number, point: number): void {
    const state = { from: point, version, reference, metadata: new Map(Object.entries(metadata)) };
    this.#states.set(orderId, [...(this.#states.get(orderId) ?? []), state]);
  }

  /** Every state that an order's details were in at some point between two. */
  between(orderId: OrderId, from: number, to: number): DetailsState[] {
    const states = this.#states.get(orderId) ?? [];
    return states.filter((state, index) => {
      const end = states[index + 1]?.from ?? Number.POSITIVE_INFINITY;
      return state.from <= to && end > from;
    });
  }

  /** Every change of any order's details, with what it found. */
  changes(): { readonly orderId: OrderId; readonly before: DetailsState; readonly after: DetailsState }[] {
    return [...this.#states].flatMap(([orderId, states]) =>
      states.flatMap((after, index) => {
        const before = states[index - 1];
        return before === undefined ? [] : [{ orderId, before, after }];
      }),
    );
  }

  /** What is wrong with the details in the tables, right after a commit. */
  *faults({ entities: { orders } }: MemoryTables): Iterable<string> {
    for (const order of orders.values()) {
      const states = this.#states.get(order.id) ?? [];
      const [kept, booked] = [inWords(order), stateInWords(states.at(-1))];
      if (kept !== booked) yield `${order.id} says ${kept}, and its events say ${booked}`;
      const first = states.length > 1 ? stateInWords(states[0]) : undefined;
      const keptFirst = order.first?.details === undefined ? undefined : inWords(order.first.details);
      if (keptFirst !== first) yield `${order.id} says it was placed with ${keptFirst}, and its events say ${first}`;
    }
  }
}

function stateInWords(state: DetailsState | undefined): string {
  const { reference, metadata = new Map<string, string>() } = state ?? {};
  return inWords({ ...(reference !== undefined && { reference }), metadata: Object.fromEntries(metadata) });
}

/** The same words of the same details, in whichever order they stand. */
export function inWords({ reference, metadata = {} }: Pick<Order, "reference" | "metadata">): string {
  return JSON.stringify([reference ?? null, Object.entries(metadata).sort()]);
}
