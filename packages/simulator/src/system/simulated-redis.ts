import type { Instant, ReservationId } from "@holdfast/domain";
import type { ExpiryWakeups, ReservationCache, ReservationRecord } from "@holdfast/engine";
import type { Random } from "../random.ts";
import type { Scheduler } from "../scheduler.ts";
import type { Faults } from "./faults.ts";
import { epoch } from "./store-clock.ts";

/** The hints: a cache that forgets, and wake-ups that come twice, late, in any order or never. The clock never jumps. */
export class SimulatedRedis implements ReservationCache, ExpiryWakeups {
  readonly #time: Scheduler;
  readonly #random: Random;
  readonly #faults: Faults;
  readonly #reservations = new Map<ReservationId, ReservationRecord>();
  readonly #listeners = new Set<() => unknown>();
  #armed = new Set<() => void>();

  constructor(time: Scheduler, random: Random, faults: Faults) {
    this.#time = time;
    this.#random = random;
    this.#faults = faults;
  }

  note({ held, dropped }: Parameters<ReservationCache["note"]>[0]): void {
    this.#time.after(this.#random.between(1, 20), () => {
      for (const record of held) this.#reservations.set(record.id, record);
      for (const id of dropped) this.#reservations.delete(id);
    });
  }

  async find(id: ReservationId): Promise<ReservationRecord | undefined> {
    const [alive] = await this.alive([id]);
    return alive === undefined ? undefined : this.#reservations.get(alive);
  }

  async alive(ids: readonly ReservationId[]): Promise<ReadonlySet<ReservationId>> {
    await this.#time.sleep(this.#random.between(1, 5));
    return new Set(ids.filter((id) => (this.#reservations.get(id)?.expiresAt ?? 0) > epoch + this.#time.now()));
  }

  arm(instants: readonly Instant[]): void {
    for (const second of new Set(instants.map((instant) => Math.ceil(instant / 1_000)))) {
      if (this.#faults.strikes("wake-up lost")) continue;
      this.#wakeAt(second);
      if (this.#faults.strikes("wake-up repeated")) this.#wakeAt(second);
    }
  }

  /** Calls `wake` at each armed second, until the returned function is called. */
  listen(wake: () => unknown): () => void {
    this.#listeners.add(wake);
    return () => void this.#listeners.delete(wake);
  }

  /** FLUSHALL. */
  empty(): void {
    this.#reservations.clear();
    for (const cancel of this.#armed) cancel();
    this.#armed = new Set();
  }

  #wakeAt(second: number): void {
    const lateMs = this.#faults.strikes("wake-up late")
      ? this.#random.between(100, 10_000)
      : this.#random.between(1, 20);
    const cancel = this.#time.after(second * 1_000 - epoch - this.#time.now() + lateMs, () => {
      this.#armed.delete(cancel);
      // One worker takes the job.
      if (this.#listeners.size > 0) this.#random.pick([...this.#listeners])();
    });
    this.#armed.add(cancel);
  }
}
