import type { Event, OrderId, ReservationBounds } from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";

/** The events that end a reservation. A late payment reserves again and sells in one step, so it never holds anything. */
const ends: ReadonlySet<Event["type"]> = new Set(["OrderConfirmed", "OrderCancelled", "OrderExpired"]);

interface Reserved {
  readonly holders: readonly string[];
  readonly units: number;
}

/** Part of the oracle: what each shopper and each key has reserved, computed from the events alone. */
export class HeldBook {
  readonly units = new Map<string, number>();
  /** Every setting that processes may have. */
  readonly #bounds: readonly ReservationBounds[];
  readonly #reservations = new Map<OrderId, Reserved>();
  /** What each order has reserved, with each of its lines. */
  readonly #everReserved = new Map<OrderId, readonly Reserved[]>();
  readonly #timelines = new Map<string, { point: number; units: number }[]>();

  constructor(bounds: readonly ReservationBounds[]) {
    this.#bounds = bounds;
  }

  /** All numbers of units that an order has ever counted for a holder. */
  unitsOf(holder: string, orderId: OrderId): number[] {
    const reserved = this.#everReserved.get(orderId) ?? [];
    return reserved.filter(({ holders }) => holders.includes(holder)).map(({ units }) => units);
  }

  /** Enters an event. @yields what in it must not have happened */
  *enter(event: Event, point: number): Iterable<string> {
    if (event.type === "OrderPlaced") {
      const { customerId, countsAgainst, lines } = event.order;
      const holders = [
        ...(customerId === undefined ? [] : [`customer:${customerId}`]),
        ...(countsAgainst === undefined ? [] : [`key:${countsAgainst}`]),
      ];
      const reservation = { holders, units: lines.reduce((sum, { quantity }) => sum + quantity, 0) };
      this.#reservations.set(event.orderId, reservation);
      this.#everReserved.set(event.orderId, [reservation]);
      for (const holder of holders) yield* this.#move(holder, reservation.units, point);
    } else if (event.type === "OrderLinesChanged") {
      const { holders, units: before } = this.#reservations.get(event.orderId) ?? { holders: [], units: 0 };
      const units = event.lines.reduce((sum, { quantity }) => sum + quantity, 0);
      this.#reservations.set(event.orderId, { holders, units });
      this.#everReserved.set(event.orderId, [...(this.#everReserved.get(event.orderId) ?? []), { holders, units }]);
      if (units !== before) for (const holder of holders) yield* this.#move(holder, units - before, point);
    } else if (event.type === "CustomerErased") {
      const reserved = this.#reservations.get(event.orderId);
      if (reserved === undefined) return;
      const { holders, units } = reserved;
      const keys = holders.filter((holder) => holder.startsWith("key:"));
      const now = { holders: [`customer:${event.customerId}`, ...keys], units };
      this.#reservations.set(event.orderId, now);
      this.#everReserved.set(event.orderId, [...(this.#everReserved.get(event.orderId) ?? []), now]);
      for (const holder of holders) if (!keys.includes(holder)) yield* this.#move(holder, -units, point);
      yield* this.#move(`customer:${event.customerId}`, units, point);
    } else if (ends.has(event.type) && "orderId" in event) {
      const { holders, units } = this.#reservations.get(event.orderId) ?? { holders: [], units: 0 };
      this.#reservations.delete(event.orderId);
      for (const holder of holders) yield* this.#move(holder, -units, point);
    }
  }

  /** The most that a holder may have reserved, by the widest setting. */
  #boundOf(holder: string): number {
    const settings = this.#bounds.map(({ unitsPerCustomerMax, unitsPerKeyMax }) =>
      holder.startsWith("key:") ? unitsPerKeyMax : unitsPerCustomerMax,
    );
    return Math.max(...settings.map((unitsMax = Number.POSITIVE_INFINITY) => unitsMax));
  }

  /** The units that a holder had right after a point. */
  heldAt(holder: string, at: number): number {
    return this.#timelines.get(holder)?.findLast(({ point }) => point <= at)?.units ?? 0;
  }

  /** Every number of units that a holder had at some point between two, both included. */
  heldBetween(holder: string, from: number, to: number): number[] {
    const timeline = this.#timelines.get(holder) ?? [];
    return [
      this.heldAt(holder, from),
      ...timeline.filter(({ point }) => point > from && point <= to).map(({ units }) => units),
    ];
  }

  /** @yields where the tables count something else */
  *faults({ entities: { holdings } }: MemoryTables): Iterable<string> {
    for (const holder of new Set([...this.units.keys(), ...holdings.keys()])) {
      const [counted, booked] = [holdings.get(holder)?.units ?? 0, this.units.get(holder) ?? 0];
      if (counted !== booked) yield `${holder} is counted for ${counted} reserved units, and the events say ${booked}`;
    }
  }

  *#move(holder: string, change: number, point: number): Iterable<string> {
    const units = (this.units.get(holder) ?? 0) + change;
    this.units.set(holder, units);
    this.#timelines.set(holder, [...(this.#timelines.get(holder) ?? []), { point, units }]);
    if (change > 0 && units > this.#boundOf(holder)) {
      yield `${holder} holds ${units} units of at most ${this.#boundOf(holder)}`;
    }
  }
}
