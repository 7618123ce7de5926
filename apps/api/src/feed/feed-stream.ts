import type { FeedPlace } from "@holdfast/engine";
import type { Pass } from "../key-ring.ts";
import type { FeedBeginning } from "./feed-cursor.ts";
import type { FeedPage } from "./feed-pages.ts";
import { SentStream } from "./sent-stream.ts";

export interface FeedStreamParts extends FeedBeginning {
  /** Whether the reader's key still opens the stream. */
  readonly pass: Pass;
  /** Its first page, which was read before anything was answered. */
  readonly first: FeedPage | undefined;
}

/** What a stream reports to its fan. */
export interface FeedStreamListener {
  /** It could take a page, and there is one. */
  wants(): void;
  /** The reader has gone, or the stream has ended. Called once. */
  gone(stream: FeedStream): void;
}

/** One reader's stream of the feed. It keeps at most one page, and gets the next one when the connection has taken the last one. */
export class FeedStream {
  readonly epoch: FeedBeginning["epoch"];
  readonly pass: Pass;
  readonly sent: SentStream;
  #from: FeedPlace;
  #first: FeedPage | undefined;
  #behind = false;

  constructor({ epoch, from, first, pass }: FeedStreamParts, listener: FeedStreamListener) {
    this.epoch = epoch;
    this.pass = pass;
    this.#from = from;
    this.#first = first;
    this.sent = new SentStream(pass, {
      pulled: () => {
        const page = this.#first;
        this.#first = undefined;
        if (page !== undefined) this.take(page);
        else if (this.#behind) listener.wants();
      },
      gone: () => listener.gone(this),
    });
  }

  /** Where the next page begins. */
  get from(): FeedPlace {
    return this.#from;
  }

  take({ bytes, next, more }: FeedPage): void {
    if (!this.sent.ready) return;
    this.#from = next;
    this.#behind = more;
    this.sent.send(bytes);
  }

  /** Goes on from there: there is nothing before it. */
  skipTo(place: FeedPlace): void {
    this.#from = place;
  }
}
