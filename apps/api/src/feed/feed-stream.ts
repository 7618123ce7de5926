import type { FeedPlace } from "@holdfast/engine";
import type { Pass } from "../key-ring.ts";
import type { FeedBeginning } from "./feed-cursor.ts";
import type { FeedPage } from "./feed-pages.ts";

const heartbeat = Buffer.from(": still here\n\n");

/** The last message to a reader whose key no longer opens the stream: it says why the stream ended. */
const lockedOut = Buffer.from(
  `event: end\ndata: ${JSON.stringify({ code: "unauthorized", title: "The API key no longer opens this stream." })}\n\n`,
);

/** Shorter than the time after which proxies cut a silent connection. */
const quietSecondsMax = 15;

/** A reader who takes nothing for this long has gone, or is too slow to wait for. */
const takeSecondsMax = 30;

export interface FeedStreamParts extends FeedBeginning {
  /** Its first page, which was read before anything was answered. */
  readonly first: FeedPage | undefined;
  /** Whether the reader's key still opens the stream. */
  readonly pass: Pass;
  /** Cuts the connection of a reader who takes nothing; left out if there is none. */
  readonly cut: (() => void) | undefined;
}

/** What a stream reports to its fan. */
export interface FeedStreamListener {
  /** It could take a page, and there is one. */
  wants(): void;
  /** The reader has gone, or the stream has ended. Called once. */
  gone(stream: FeedStream): void;
}

/**
 * One reader's stream of server-sent events. It keeps at most one page, and gets the next one when the connection has taken the last one.
 */
export class FeedStream {
  readonly epoch: FeedBeginning["epoch"];
  readonly pass: Pass;
  readonly body: ReadableStream<Uint8Array>;
  readonly #listener: FeedStreamListener;
  readonly #cut: (() => void) | undefined;
  #from: FeedPlace;
  #first: FeedPage | undefined;
  #behind = false;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #ready = false;
  #ended = false;
  /** The time since it got something, or since it became ready. */
  #seconds = 0;

  constructor({ epoch, from, first, pass, cut }: FeedStreamParts, listener: FeedStreamListener) {
    this.epoch = epoch;
    this.pass = pass;
    this.#from = from;
    this.#first = first;
    this.#cut = cut;
    this.#listener = listener;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#pulled(),
        cancel: () => this.#over(),
      },
      { highWaterMark: 0 }, // nothing is asked for before the connection can take it
    );
  }

  /** Where the next page begins. */
  get from(): FeedPlace {
    return this.#from;
  }

  /** Whether it can take something now. */
  get ready(): boolean {
    return this.#ready;
  }

  take({ bytes, next, more }: FeedPage): void {
    if (!this.#ready) return;
    this.#from = next;
    this.#behind = more;
    this.#send(bytes);
  }

  /** Goes on from there: there is nothing before it. */
  skipTo(place: FeedPlace): void {
    this.#from = place;
  }

  /** A second has gone by. */
  tick(): void {
    this.#seconds += 1;
    if (this.#ready && this.#seconds >= quietSecondsMax) this.#send(heartbeat);
    else if (!this.#ready && this.#seconds >= takeSecondsMax) this.#drop();
  }

  /** Ends it when what was sent has been taken. */
  end(): void {
    if (this.#ended) return;
    this.#over();
    this.#controller?.close();
  }

  /** Ends it now, since the reader's key no longer opens it. The reader loses what the connection has not taken. */
  lockOut(): void {
    if (this.#ended) return;
    if (this.#ready) {
      this.#send(lockedOut);
      this.end();
    } else this.#drop();
  }

  #send(bytes: Uint8Array): void {
    this.#ready = false;
    this.#seconds = 0;
    this.#controller?.enqueue(bytes);
  }

  #pulled(): void {
    this.#ready = true;
    this.#seconds = 0;
    const first = this.#first;
    this.#first = undefined;
    if (first !== undefined) this.take(first);
    else if (this.#behind) this.#listener.wants();
  }

  #drop(): void {
    this.#over();
    if (this.#cut === undefined) this.#controller?.error(new Error("the reader did not take what was sent"));
    else this.#cut();
  }

  #over(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#ready = false;
    this.#listener.gone(this);
  }
}
