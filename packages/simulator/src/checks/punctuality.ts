import type { OrderId } from "@holdfast/domain";
import { sweepIntervalMs } from "../system/worker-process.ts";
import type { World } from "../world.ts";

/** Between two looks: what is placed between them counts from the first. */
export const lookEveryMs = 250;
/** The time of an undisturbed sweep of all reservations in a simulation, with the grace for those that the cache shows alive. */
const sweepMsMax = 500;
/** A wake-up comes at the end of a reservation's second, and may have to wait for the sweep under way. */
const wakeupMsMax = 1_000 + 2 * sweepMsMax;

interface Watched {
  /** When it was placed at the earliest. */
  readonly placedAt: number;
  /** Since when it could end: its time is over by the store's clock, which may jump, and its levels allow it. */
  dueSince?: number;
  /** Whether its levels have ever kept it from ending. Its wake-up may then have been in vain. */
  wasStuck?: boolean;
}

/**
 * Watches the reservations that have run out. Each must be released within one sweep interval, counted from when no fault keeps the
 * workers from it any more, and promptly if its wake-up cannot have been lost.
 */
export class Punctuality {
  readonly #world: World;
  readonly #watched = new Map<OrderId, Watched>();
  /** The ledger's point at the last look. */
  #seen = 0;
  /** The lateness of the latest release, in milliseconds after a worker could have done it. */
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
