import {
  type FeedEnd,
  type FeedEpoch,
  type FeedPlace,
  type Logger,
  Outage,
  OutageLog,
  type Queries,
  type Timers,
} from "@holdfast/engine";
import { BackgroundLoop, type Job, type Rest, type WatchLoop } from "@holdfast/scheduler";
import type { Pass } from "../key-ring.ts";
import type { FeedBeginning } from "./feed-cursor.ts";
import { type FeedPage, FeedPages, placeKey } from "./feed-pages.ts";
import { FeedStream, type FeedStreamParts } from "./feed-stream.ts";
import { isLockedOut } from "./sent-stream.ts";
import { SpareTime } from "./spare-time.ts";

/** The time between two looks at the feed's end, which is how late a reader there gets an event. */
const lookMs = 200;

/** Between two looks at the readers themselves. */
const tickMs = 1_000;

/** Pages read at the same time, for readers at different places. */
const readsAtOnce = 4;

/** How many readers get a page in one slice of work. */
const readersPerTurn = 32;

const outageTexts = { failing: "pages of the feed cannot be read", over: "pages of the feed are read again" };

export interface FeedFanParts {
  readonly queries: Pick<Queries, "feed" | "feedEnd">;
  readonly logger: Pick<Logger, "warn" | "error">;
  readonly timers: Timers;
  readonly watch?: WatchLoop;
}

/** How a wait ends. `restarted`: the database was restored meanwhile, and the epoch is now this one. */
export type WaitEnd = "reached" | "over" | "locked out" | { readonly restarted: FeedEpoch };

/** What a reader waits for. */
export interface Wait extends FeedBeginning {
  readonly pass: Pass;
  readonly ms: number;
  /** Aborts when the caller has gone. */
  readonly gone: AbortSignal;
}

type Waiting = Pick<Wait, "epoch" | "from" | "pass"> & { readonly end: (how: WaitEnd) => void };

/** The streams that are at one place. */
interface Group {
  readonly begins: FeedBeginning;
  readonly streams: FeedStream[];
}

/**
 * Serves all readers who wait for more of the feed. It looks at the feed's end once for all of them, reads and serializes new events once,
 * and gives them to each. It works in spare time, so that even many readers do not slow orders down.
 *
 * It checks each reader's key before each page, and every second.
 */
export class FeedFan {
  readonly #queries: FeedFanParts["queries"];
  readonly #logger: FeedFanParts["logger"];
  readonly #outages: OutageLog;
  readonly #timers: Timers;
  readonly #spareTime: SpareTime;
  readonly pages: FeedPages;
  readonly #streams = new Set<FeedStream>();
  readonly #waiting = new Set<Waiting>();
  readonly #looks: BackgroundLoop;
  readonly #ticks: BackgroundLoop;

  constructor({ queries, logger, timers, watch }: FeedFanParts) {
    this.#queries = queries;
    this.#logger = logger;
    this.#outages = new OutageLog(logger, outageTexts, { now: () => timers.now() });
    this.#timers = timers;
    this.#spareTime = new SpareTime(timers);
    this.pages = new FeedPages(queries, this.#spareTime);
    const loopOf = (job: Job) => new BackgroundLoop(job, { logger, timers, ...(watch && { watch }) });
    this.#looks = loopOf({ name: "feed_fan", work: () => this.#look() });
    this.#ticks = loopOf({ name: "feed_fan_keys", work: () => this.#tick() });
  }

  /** Sends a reader the feed until the reader leaves, the key ends, or `endAll`. Calls `gone` then. */
  stream(parts: FeedStreamParts, gone: () => void): FeedStream {
    const stream = new FeedStream(parts, {
      wants: () => this.#looks.within(0),
      gone: (ended) => {
        this.#streams.delete(ended);
        this.#pauseIfIdle();
        gone();
      },
    });
    this.#streams.add(stream);
    this.#begin();
    return stream;
  }

  /** Waits until the feed has events behind a place. Never rejects. */
  wait({ epoch, from, pass, ms, gone }: Wait): Promise<WaitEnd> {
    if (gone.aborted) return Promise.resolve("over");
    return new Promise((resolve) => {
      const end = (how: WaitEnd) => {
        this.#waiting.delete(waiting);
        cancel();
        gone.removeEventListener("abort", giveUp);
        this.#pauseIfIdle();
        resolve(how);
      };
      const giveUp = () => end("over");
      const waiting = { epoch, from, pass, end };
      const cancel = this.#timers.after(ms, giveUp);
      gone.addEventListener("abort", giveUp);
      this.#waiting.add(waiting);
      this.#begin();
    });
  }

  /** Answers every waiting reader and ends every stream, since the process stops. */
  endAll(): void {
    for (const { end } of [...this.#waiting]) end("over");
    for (const { sent } of [...this.#streams]) sent.end();
  }

  get #isIdle(): boolean {
    return this.#streams.size === 0 && this.#waiting.size === 0;
  }

  #begin(): void {
    this.#looks.within(lookMs);
    this.#ticks.within(tickMs);
  }

  #pauseIfIdle(): void {
    if (!this.#isIdle) return;
    this.#looks.pause();
    this.#ticks.pause();
  }

  async #tick(): Promise<Rest> {
    for (const { sent } of [...this.#streams]) {
      if (await sent.isLockedOut()) sent.lockOut();
      else sent.tick();
    }
    for (const { pass, end } of [...this.#waiting]) if (await isLockedOut(pass)) end("locked out");
    return { restMs: this.#isIdle ? Number.POSITIVE_INFINITY : tickMs };
  }

  async #look(): Promise<Rest> {
    const end = await this.#queries.feedEnd();
    this.#tellWaiting(end);
    await this.#giveOut(end);
    return { restMs: this.#isIdle ? Number.POSITIVE_INFINITY : lookMs };
  }

  #tellWaiting({ epoch, position }: FeedEnd): void {
    for (const waiting of [...this.#waiting]) {
      if (waiting.epoch !== epoch) waiting.end({ restarted: epoch });
      else if (waiting.from.position <= position) waiting.end("reached");
    }
  }

  /** Gives its next page to every stream that is not at the end and can take it. */
  async #giveOut(end: FeedEnd): Promise<void> {
    for (const { epoch, sent } of [...this.#streams]) if (epoch !== end.epoch) sent.end();
    const groups = this.#groupsUpTo(end.position);
    const reads: Promise<FeedPage | undefined>[] = [];
    for (const [index, { streams }] of groups.entries()) {
      while (reads.length < Math.min(index + readsAtOnce, groups.length)) {
        reads.push(this.#pageFor(groups[reads.length] as Group, end));
      }
      const page = await reads[index];
      if (page !== undefined) await this.#give(page, streams);
    }
  }

  /** Streams at the end come first: most are there, and one from far behind must not delay them. */
  #groupsUpTo(position: number): Group[] {
    const groups = new Map<string, Group>();
    for (const stream of this.#streams) {
      const { epoch, from, sent } = stream;
      if (!sent.ready || from.position > position) continue;
      const group = groups.get(placeKey({ epoch, from }));
      if (group === undefined) groups.set(placeKey({ epoch, from }), { begins: { epoch, from }, streams: [stream] });
      else group.streams.push(stream);
    }
    return [...groups.values()].sort((a, b) => b.begins.from.position - a.begins.from.position);
  }

  async #pageFor({ begins, streams }: Group, end: FeedEnd): Promise<FeedPage | undefined> {
    try {
      const page = await this.pages.from(begins);
      this.#outages.worked();
      const behind: FeedPlace = { position: end.position + 1, index: 0 };
      if (page === undefined) for (const stream of streams) stream.skipTo(behind);
      return page;
    } catch (error) {
      // While the database is away, readers wait. A bug of ours ends their streams, since it would repeat for ever.
      if (error instanceof Outage) this.#outages.failed({ err: error });
      else {
        this.#logger.error({ err: error, place: begins.from }, "a page of the feed could not be made");
        for (const { sent } of streams) sent.end();
      }
      return undefined;
    }
  }

  async #give(page: FeedPage, streams: readonly FeedStream[]): Promise<void> {
    for (let from = 0; from < streams.length; from += readersPerTurn) {
      await this.#spareTime.work(() => {
        for (const stream of streams.slice(from, from + readersPerTurn)) give(page, stream);
      });
      await this.#spareTime.rest();
    }
  }
}

/** A key that has to be read again is checked by the next tick: the page waits until then. */
function give(page: FeedPage, stream: FeedStream): void {
  const caller = stream.pass();
  if (caller instanceof Promise) caller.catch(() => {});
  else if (caller === undefined) stream.sent.lockOut();
  else stream.take(page);
}
