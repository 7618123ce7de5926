import { type OrderId, orderOfRecord, type ShownOrder } from "@holdfast/domain";
import { feedPage, type Logger, type PlacedEvent, type Queries, RecordUnreadable, type Timers } from "@holdfast/engine";
import { BackgroundLoop, type Job, type Rest, type WatchLoop } from "@holdfast/scheduler";
import type { Pass } from "../key-ring.ts";
import type { FeedBeginning } from "./feed-cursor.ts";
import { OrderStream } from "./order-stream.ts";
import { SpareTime } from "./spare-time.ts";

/** The time between two looks at the feed's end, which is how late a reader gets a change. */
const lookMs = 200;

/** Between two looks at the readers themselves. */
const tickMs = 1_000;

/** Events read at a time. */
const eventsPerRead = 256;

export interface OrderFanParts {
  readonly queries: Pick<Queries, "feed" | "feedEnd" | "order">;
  readonly logger: Pick<Logger, "warn">;
  readonly timers: Timers;
  readonly watch?: WatchLoop;
}

/**
 * Shows orders to all who follow one. It reads the feed once for all of them, and an order only when the feed shows a change of it. It works in
 * spare time, and not at all while there are no followers.
 *
 * It checks each reader's key before each message, and every second.
 */
export class OrderFan {
  readonly #queries: OrderFanParts["queries"];
  readonly #spareTime: SpareTime;
  readonly #streams = new Map<OrderId, Set<OrderStream>>();
  /** Orders that may be other than their followers have seen them. */
  readonly #changed = new Set<OrderId>();
  /** Where the feed is read on; `undefined` until it is looked at. */
  #place: FeedBeginning | undefined;
  readonly #looks: BackgroundLoop;
  readonly #ticks: BackgroundLoop;

  constructor({ queries, logger, timers, watch }: OrderFanParts) {
    this.#queries = queries;
    this.#spareTime = new SpareTime(timers);
    const loopOf = (job: Job) => new BackgroundLoop(job, { logger, timers, ...(watch && { watch }) });
    this.#looks = loopOf({ name: "order_fan", work: () => this.#look() });
    this.#ticks = loopOf({ name: "order_fan_keys", work: () => this.#tick() });
  }

  /** Shows a reader an order, and each change of it, until the reader leaves, the key ends, or `endAll`. Calls `gone` then. */
  stream(order: ShownOrder, pass: Pass, gone: () => void): OrderStream {
    const { id } = order;
    const stream = new OrderStream(pass, () => {
      this.#leave(id, stream);
      gone();
    });
    const followers = this.#streams.get(id) ?? new Set();
    this.#streams.set(id, followers.add(stream));
    stream.show(order);
    this.#changed.add(id); // the order was read before it was followed
    this.#looks.within(lookMs);
    this.#ticks.within(tickMs);
    return stream;
  }

  /** Ends every stream, since the process stops. */
  endAll(): void {
    for (const { sent } of this.#all()) sent.end();
  }

  #all(): OrderStream[] {
    return [...this.#streams.values()].flatMap((followers) => [...followers]);
  }

  #leave(id: OrderId, stream: OrderStream): void {
    const followers = this.#streams.get(id);
    followers?.delete(stream);
    if (followers?.size === 0) this.#streams.delete(id);
    if (this.#streams.size > 0) return;
    this.#looks.pause();
    this.#ticks.pause();
    this.#place = undefined;
  }

  #restMs(ms: number): Rest {
    return { restMs: this.#streams.size === 0 ? Number.POSITIVE_INFINITY : ms };
  }

  async #tick(): Promise<Rest> {
    for (const { sent } of this.#all()) {
      if (await sent.isLockedOut()) sent.lockOut();
      else sent.tick();
    }
    return this.#restMs(tickMs);
  }

  async #look(): Promise<Rest> {
    const { epoch, position } = await this.#queries.feedEnd();
    if (this.#place?.epoch !== epoch) {
      // What has changed before is not in what is read from here on.
      this.#place = { epoch, from: { position: position + 1, index: 0 } };
      for (const id of this.#streams.keys()) this.#changed.add(id);
    }
    await this.#readUpTo(position);
    await this.#showChanged();
    return this.#restMs(lookMs);
  }

  async #readUpTo(end: number): Promise<void> {
    for (let place = this.#place; place !== undefined && place.from.position <= end; place = this.#place) {
      const events = await feedPage(this.#queries, { from: place.from, limit: eventsPerRead });
      const next = events.at(-1)?.next ?? { position: end + 1, index: 0 };
      await this.#spareTime.work(() => this.#note(events));
      if (this.#place === place) this.#place = { ...place, from: next };
      await this.#spareTime.rest();
    }
  }

  #note(events: readonly PlacedEvent[]): void {
    for (const event of events) {
      // One that cannot be read may have been of any order.
      const named = "record" in event ? [orderOfRecord(event.record)] : this.#streams.keys();
      for (const id of named) if (id !== undefined && this.#streams.has(id)) this.#changed.add(id);
    }
  }

  async #showChanged(): Promise<void> {
    for (const id of [...this.#changed]) {
      const order = this.#streams.has(id) ? await this.#read(id) : undefined;
      this.#changed.delete(id);
      const followers = [...(this.#streams.get(id) ?? [])];
      await this.#spareTime.work(() => {
        for (const stream of followers) if (order !== undefined) stream.show(order);
      });
      await this.#spareTime.rest();
    }
  }

  /** `undefined` where it cannot be read: its followers keep what they have seen, and the others are not held up. */
  async #read(id: OrderId): Promise<ShownOrder | undefined> {
    try {
      return await this.#queries.order(id);
    } catch (error) {
      if (error instanceof RecordUnreadable) return undefined;
      throw error;
    }
  }
}
