import { type Instant, type OrderId, reservationIdOf, workerActor } from "@holdfast/domain";
import { type DueHold, Engine, holdHints } from "@holdfast/engine";
import type { World } from "../world.ts";
import { Connection, type ExpiryQueries } from "./connection.ts";

/** How late an expiry can be where nothing else wakes the sweep. */
export const sweepIntervalMs = 5_000;
/** How long a hold that the cache shows alive is left alone after its time. */
const aliveGraceMs = 500;
const pageSize = 4;
const lookAgainMsMin = 20;

/**
 * A worker process: the sweep of apps/worker, which a package may not import, in short. It sweeps as it starts, every
 * interval, at a wake-up and when the next hold runs out.
 */
export class WorkerProcess {
  readonly #name: string;
  readonly #world: World;
  #kill: (() => void) | undefined;

  constructor(name: string, world: World) {
    this.#name = name;
    this.#world = world;
    this.start();
  }

  start(): void {
    if (this.#kill !== undefined) return;
    const { database, redis, time, newId, planted } = this.#world;
    const connection = new Connection(database, () => this.crash());
    const engine = new Engine({
      store: planted.store?.(connection, time) ?? connection,
      newBatchId: newId,
      afterCommit: holdHints(redis, { arm: () => {} }),
      clock: time,
      limits: { commitMsMax: 4_000 },
    });
    const queries = planted.queries?.(connection.queries, time) ?? connection.queries;
    const stop = this.#loop(queries, engine);
    this.#kill = () => {
      connection.break();
      stop();
    };
    this.#world.history.note(this.#name, "starts");
  }

  crash(): void {
    if (this.#kill === undefined) return;
    this.#world.history.note(this.#name, "crashes");
    this.#kill();
    this.#kill = undefined;
    this.#world.time.after(this.#world.random.between(50, 6_000), () => this.start());
  }

  /** One sweep at a time, and one more where it was asked for meanwhile. */
  #loop(queries: ExpiryQueries, engine: Engine): () => void {
    const { time, redis, planted } = this.#world;
    const intervalMs = planted.sweepIntervalMs ?? sweepIntervalMs;
    let wanted = false;
    let working = false;
    let cancelTimer = () => {};
    const work = async () => {
      working = true;
      cancelTimer();
      let lookAgainMs = intervalMs;
      while (wanted) {
        wanted = false;
        // A sweep that fails is made up for by the next one.
        lookAgainMs = await this.#sweep(queries, engine).catch(() => intervalMs);
      }
      cancelTimer = time.after(Math.max(lookAgainMsMin, Math.min(lookAgainMs, intervalMs)), wake);
      working = false;
    };
    const wake = () => {
      wanted = true;
      if (!working) void work();
    };
    const stopListening = redis.listen(wake);
    wake();
    return () => {
      stopListening();
      cancelTimer();
    };
  }

  /** Asks for every due hold to be released. Gives the time until the next one, in milliseconds. */
  async #sweep(queries: ExpiryQueries, engine: Engine): Promise<number> {
    const aheadMs = this.#world.faults.strikes("sweep a minute early") ? 60_000 : 0;
    const now = ((await queries.now()) + aheadMs) as Instant;
    const seen = new Set<OrderId>();
    let lookAgainMs = Number.POSITIVE_INFINITY;
    for (;;) {
      const page = await queries.dueHolds(now, pageSize + seen.size);
      const fresh = page.filter(({ orderId }) => !seen.has(orderId));
      if (fresh.length === 0) break;
      for (const { orderId } of fresh) seen.add(orderId);
      const left = await this.#leftAlone(fresh, now);
      if (left.size > 0) lookAgainMs = aliveGraceMs;
      const due = fresh.filter(({ orderId }) => !left.has(orderId));
      await Promise.all(due.map(({ orderId }) => engine.submit({ type: "ExpireOrder", actor: workerActor, orderId })));
    }
    const next = await queries.nextExpiry(now);
    return next === undefined ? lookAgainMs : Math.min(lookAgainMs, next - now);
  }

  /** Holds that have only just run out and that the cache still shows alive. */
  async #leftAlone(holds: readonly DueHold[], now: Instant): Promise<ReadonlySet<OrderId>> {
    const recent = holds.filter(({ expiresAt }) => now - expiresAt < aliveGraceMs);
    const alive = await this.#world.redis.alive(recent.map(({ orderId }) => reservationIdOf(orderId, 1)));
    return new Set(recent.map(({ orderId }) => orderId).filter((orderId) => alive.has(reservationIdOf(orderId, 1))));
  }
}
