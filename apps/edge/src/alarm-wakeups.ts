import type { Instant } from "@holdfast/domain";
import type { ExpiryWakeups, WakeupListener } from "@holdfast/engine";

/** The little of an object's storage that keeps its alarm. The alarm outlives the object in memory. */
export interface AlarmStorage {
  setAlarm(at: number): Promise<void>;
}

/** Wake-ups by an object's only alarm, which is set to the earliest instant. */
export class AlarmWakeups implements ExpiryWakeups, WakeupListener {
  readonly #storage: AlarmStorage;
  readonly #next: () => Promise<Instant | undefined>;
  #wake: () => Promise<void> = async () => {};
  #earliest = Number.POSITIVE_INFINITY;

  /** `next`: when the next reservation runs out, by the store. */
  constructor(storage: AlarmStorage, next: () => Promise<Instant | undefined>) {
    this.#storage = storage;
    this.#next = next;
  }

  arm(instants: readonly Instant[]): void {
    let earliest = this.#earliest;
    for (const instant of instants) if (instant < earliest) earliest = instant;
    if (earliest === this.#earliest) return;
    this.#earliest = earliest;
    // Where it fails, the platform starts the object anew, which begins with `armNext`.
    void this.#storage.setAlarm(earliest);
  }

  async listen(wake: () => Promise<void>): Promise<() => Promise<void>> {
    this.#wake = wake;
    return async () => {};
  }

  /**
   * Sets the alarm by what the store holds. To call before anything is armed: an alarm from before a restart, which this does not know,
   * may be earlier, and one that a crash prevented is missing.
   */
  async armNext(): Promise<void> {
    const next = await this.#next();
    if (next !== undefined) this.arm([next]);
  }

  /** The alarm has rung: sweeps, and sets it for what comes next. */
  async ring(): Promise<void> {
    this.#earliest = Number.POSITIVE_INFINITY;
    await this.#wake();
    await this.armNext();
  }
}
