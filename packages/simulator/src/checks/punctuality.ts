import type { OrderId } from "@holdfast/domain";
import { sweepIntervalMs } from "../system/worker-process.ts";
import type { World } from "../world.ts";

/** Between two looks: what is placed between them counts from the first. */
export const lookEveryMs = 250;
/** An undisturbed sweep of all the reservations of a simulation, grace for what the cache shows alive included. */
const sweepMsMax = 500;
/** A wake-up comes at the end of a reservation's second, and may have to wait for the sweep under way. */
const wakeupMsMax = 1_000 + 2 * sweepMsMax;

interface Watched {
  /** When it was placed at the earliest. */
  readonly placedAt: number;
  /** Since when it has run out by the store's clock, as often as that jumps, and nothing in its levels keeps it. */
  dueSince?: number;
  /** Whether its levels have ever kept it from ending: its wake-up may have come in vain. */
  wasStuck?: boolean;
}

/**
 * Looks again and again at the reservations that have run out: each is released within one sweep interval, counted from when
 * no fault keeps the workers from it any more, and promptly where its wake-up cannot have been lost.
 */
export class Punctuality {
  readonly #world: World;
  readonly #watched = new Map<OrderId, Watched>();
  /** The ledger's point at the last look. */
  #seen = 0;
  /** The latest release of all, in milliseconds after a worker could have got to it. */
  lateMsMax = 0;

  constructor(world: World) {
    this.#world = world;
    this.#look();
  }

  #look(): void {
    const { database, time, history, ledger } = this.#world;
    const pending = database.tables.pending();
    for (const { id, reservation } of pending) {
      const watched = this.#watched.get(id) ?? { placedAt: time.now() - lookEveryMs };
      this.#watched.set(id, watched);
      const isStuck = ledger.wasStuck(id, this.#seen, ledger.point);
      if (isStuck) watched.wasStuck = true;
      if (isStuck || reservation.expiresAt > database.clock.now()) delete watched.dueSince;
      else watched.dueSince ??= time.now();
      history.violate(...this.#lateness(id, watched));
    }
    this.#seen = ledger.point;
    const ids = new Set(pending.map(({ id }) => id));
    for (const id of this.#watched.keys()) if (!ids.has(id)) this.#watched.delete(id);
    time.after(lookEveryMs, () => this.#look());
  }

  *#lateness(id: OrderId, { placedAt, dueSince, wasStuck = false }: Watched): Iterable<string> {
    if (dueSince === undefined) return;
    const { time, hindrances } = this.#world;
    const lateMs = time.now() - Math.max(dueSince, hindrances.sweepsSince);
    this.lateMsMax = Math.max(this.lateMsMax, lateMs);
    if (lateMs > sweepIntervalMs + sweepMsMax) yield `${id} is held ${lateMs} ms past its time, and nothing keeps it`;
    const wakes = placedAt > hindrances.hintsSince && !wasStuck;
    if (wakes && lateMs > wakeupMsMax) yield `${id} is held ${lateMs} ms past its wake-up`;
  }
}
