import type { Command, Instant, OrderId } from "@holdfast/domain";
import { Engine, type Logger, reservationHints } from "@holdfast/engine";
import { BackgroundLoop, dueSweep, feedConsumption, type Job, reservationExpiry } from "@holdfast/scheduler";
import { type Reply, replyTo } from "../people/reply.ts";
import type { World } from "../world.ts";
import { Connection, type WorkerQueries } from "./connection.ts";
import { relayLookMs } from "./relay.ts";

/** How late an expiry can be if no wake-up comes. */
export const sweepIntervalMs = 5_000;
/** Small, so that sweeps have several pages and consumers several batches. */
const pageSize = 2;

/** A worker process: the real sweep, a consumer of the feed and their loops on virtual time. It can die at any moment. */
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
    const { database, redis, relay, time, newId, planted, history, hindrances } = this.#world;
    let dead = false;
    const connection = new Connection(database, {
      crash: () => this.crash(),
      hinder: () => hindrances.worker(this.#name),
    });
    const engine = new Engine({
      store: planted.store?.(connection, time) ?? connection,
      newBatchId: newId,
      afterCommit: reservationHints(redis, { arm: () => {} }),
      clock: time,
      limits: { commitMsMax: 4_000 },
    });
    const logger = this.#logger();
    const early = this.#oftenEarly(connection.queries);
    const queries = planted.queries?.(early, time) ?? early;
    const underWay = new Set<(reply: Reply) => void>();
    const sweep = dueSweep(reservationExpiry(queries, redis), {
      queries,
      submit: (command) => this.#submit(engine, command, underWay),
      logger,
      timers: time,
      pageSize,
      intervalMs: planted.sweepIntervalMs ?? sweepIntervalMs,
    });
    const consumer = relay.consumer(() => dead);
    const reading = { queries, intervalMs: relayLookMs, batchSize: pageSize };
    const loopOf = (job: Job) => new BackgroundLoop(job, { logger, timers: time });
    const sweeps = loopOf(planted.sweep?.(sweep) ?? sweep);
    const reads = loopOf(feedConsumption(planted.consumer?.(consumer) ?? consumer, reading));
    const wake = () => sweeps.trigger();
    const stopListening = redis.listen(planted.wake?.(wake) ?? wake);
    this.#kill = () => {
      dead = true;
      connection.break();
      for (const answer of underWay) answer({ kind: "unknown" });
      stopListening();
      void sweeps.stop();
      void reads.stop();
    };
    hindrances.worker(this.#name);
    history.note(this.#name, "starts");
    sweeps.start();
    reads.start();
  }

  crash(): void {
    if (this.#kill === undefined) return;
    const { history, hindrances, time, random } = this.#world;
    history.note(this.#name, "crashes");
    this.#kill();
    this.#kill = undefined;
    hindrances.worker(this.#name, Number.POSITIVE_INFINITY);
    time.after(random.between(50, 6_000), () => this.start());
  }

  /** Asks the worker's own engine. `underWay` takes the replies, also when the worker dies before them. */
  #submit(engine: Engine, command: Command, underWay: Set<(reply: Reply) => void>) {
    const answer = this.#world.requests.begin(this.#name, command);
    underWay.add(answer);
    const submitted = engine.submit(command);
    void replyTo(submitted).then((reply) => {
      underWay.delete(answer);
      answer(reply);
    });
    return submitted;
  }

  /** At times the worker takes the store's clock to be a minute ahead. */
  #oftenEarly(queries: WorkerQueries): WorkerQueries {
    const { faults, hindrances } = this.#world;
    return {
      ...queries,
      now: async () => {
        const now = await queries.now();
        if (!faults.strikes("sweep a minute early")) return now;
        hindrances.worker(this.#name);
        return (now + 60_000) as Instant;
      },
    };
  }

  #logger(): Logger {
    const { history, ledger } = this.#world;
    return {
      debug: () => {},
      info: () => {},
      warn: (_fields, message) => history.note(this.#name, message),
      error: (fields, message) => {
        const stuck = "id" in fields && ledger.wasStuck(fields["id"] as OrderId, 0, ledger.point);
        if (stuck) history.note(this.#name, message);
        else history.violate(message);
      },
    };
  }
}
