import type { World } from "../world.ts";
import type { ApiProcess } from "./api-process.ts";
import { randomEdit } from "./random-edit.ts";
import type { WorkerProcess } from "./worker-process.ts";

/** Between two looks at what goes wrong by itself. */
const tickMs = 200;
const hourMs = 3_600_000;
/** A message sent while the store was slow has arrived by then. */
const slowMessageMs = 1_000;

/** Faults that strike at any moment, whatever the processes are doing. */
export class Disturbances {
  readonly #world: World;
  readonly #processes: readonly ApiProcess[];
  readonly #workers: readonly WorkerProcess[];
  readonly #onEdit: () => void;

  /** `onEdit`: called a while after a level was edited. */
  constructor(world: World, processes: readonly ApiProcess[], workers: readonly WorkerProcess[], onEdit: () => void) {
    this.#world = world;
    this.#processes = processes;
    this.#workers = workers;
    this.#onEdit = onEdit;
    this.#tick();
  }

  /** Repairs everything, and ends all faults. */
  end(): void {
    const { faults, database, history } = this.#world;
    faults.end();
    database.away = false;
    database.slow = false;
    database.full = false;
    for (const process of [...this.#processes, ...this.#workers]) process.start();
    history.note("faults", "end");
  }

  #tick(): void {
    const { faults, random, time, redis, clock, history } = this.#world;
    if (faults.strikes("process crashed")) random.pick(this.#processes).crash();
    if (faults.strikes("worker crashed")) random.pick(this.#workers).crash();
    if (faults.strikes("store slow")) this.#forAWhile("slow");
    if (faults.strikes("store away")) this.#forAWhile("away");
    if (faults.strikes("disk full")) this.#forAWhile("full");
    if (faults.strikes("redis emptied")) redis.empty();
    if (faults.strikes("level edited")) this.#editLevel();
    for (const [fault, ms] of [
      ["clock an hour on", hourMs],
      ["clock an hour back", -hourMs],
    ] as const) {
      if (!faults.strikes(fault)) continue;
      clock.jump(ms);
      history.note("faults", fault);
    }
    time.after(tickMs, () => this.#tick());
  }

  #editLevel(): void {
    const { random, database, time, crowd } = this.#world;
    const { levels } = database.tables.entities;
    if (levels.size === 0) return;
    database.edit(randomEdit(random, levels));
    for (let people = random.between(1, 2); people > 0; people -= 1) {
      time.after(random.between(0, crowd.auditMsMax), this.#onEdit);
    }
  }

  #forAWhile(what: "slow" | "away" | "full"): void {
    const { database, random, time, history, hindrances } = this.#world;
    const ms = random.between(50, 6_000);
    database[what] = true;
    hindrances.everyone(ms + slowMessageMs);
    history.note("store", `is ${what}`);
    time.after(ms, () => {
      database[what] = false;
    });
  }
}
