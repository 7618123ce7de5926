import { type FeedPlace, feedPage, type PlacedEvent, type Queries } from "@holdfast/engine";
import { eventSchema, present } from "@holdfast/http-contract";
import { eventView } from "../views.ts";
import { type FeedBeginning, feedCursorOf } from "./feed-cursor.ts";
import type { SpareTime } from "./spare-time.ts";

/** Events read at a time for streams. */
const eventsPerRead = 256;

/** A slow reader keeps one page in memory. Large enough that writing it costs more than requesting it. */
const pageBytesMax = 60 * 1024;

/** How many recent pages are cached: a few megabytes. A reader who falls a little behind still finds its page. */
const pagesMax = 64;

/** A piece of the feed as a stream sends it. */
export interface FeedPage {
  /** Server-sent events, shared by all readers at this place. */
  readonly bytes: Uint8Array;
  /** Where to go on. */
  readonly next: FeedPlace;
  /** Whether there is more behind it already. */
  readonly more: boolean;
}

/** The feed in pages of server-sent events. A page is read and serialized once, however many readers need it. */
export class FeedPages {
  readonly #queries: Pick<Queries, "feed">;
  readonly #spareTime: SpareTime;
  /** By where they begin, the least recently used first. */
  readonly #ready = new Map<string, FeedPage>();
  readonly #reading = new Map<string, Promise<FeedPage | undefined>>();

  constructor(queries: Pick<Queries, "feed">, spareTime: SpareTime) {
    this.#queries = queries;
    this.#spareTime = spareTime;
  }

  /** The page that begins there; `undefined` at the end of the feed. Rejects with an `Outage` as `Queries` does. */
  async from(begins: FeedBeginning): Promise<FeedPage | undefined> {
    const key = placeKey(begins);
    const ready = this.#ready.get(key);
    if (ready !== undefined) {
      this.#keep(key, ready);
      return ready;
    }
    const reading = this.#reading.get(key) ?? this.#read(begins).finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }

  async #read({ epoch, from }: FeedBeginning): Promise<FeedPage | undefined> {
    // In an object: an async function would await a returned promise, and count the database's time as work.
    const { reading } = await this.#spareTime.work(() => ({
      reading: feedPage(this.#queries, { from, limit: eventsPerRead }),
    }));
    const events = await reading;
    if (events.length === 0) return undefined;
    return await this.#spareTime.work(() => this.#cut({ epoch, from }, events));
  }

  /** Makes pages of events, each as long as may be sent at a time. @returns the first one */
  #cut({ epoch, from }: FeedBeginning, events: readonly PlacedEvent[]): FeedPage | undefined {
    const pages: [begins: FeedPlace, page: FeedPage][] = [];
    let begins = from;
    let texts: string[] = [];
    let length = 0;
    for (const [index, event] of events.entries()) {
      const text = `data: ${JSON.stringify(present(eventSchema, eventView(event)))}\nid: ${feedCursorOf(epoch, event.next)}\n\n`;
      texts.push(text);
      length += text.length;
      const isLast = index === events.length - 1;
      if (length < pageBytesMax && !isLast) continue;
      const more = !isLast || events.length === eventsPerRead;
      pages.push([begins, { bytes: Buffer.from(texts.join("")), next: event.next, more }]);
      [begins, texts, length] = [event.next, [], 0];
    }
    for (const [place, page] of pages) this.#keep(placeKey({ epoch, from: place }), page);
    return pages[0]?.[1];
  }

  #keep(key: string, page: FeedPage): void {
    this.#ready.delete(key);
    this.#ready.set(key, page);
    const [oldest] = this.#ready.keys();
    if (this.#ready.size > pagesMax && oldest !== undefined) this.#ready.delete(oldest);
  }
}

/** A key for a place of the feed. */
export function placeKey({ epoch, from: { position, index } }: FeedBeginning): string {
  return `${epoch}/${position}/${index}`;
}
