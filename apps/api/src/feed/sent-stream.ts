import type { Pass } from "../key-ring.ts";

const heartbeat = Buffer.from(": still here\n\n");

/** The last message to a reader whose key no longer opens the stream: it says why the stream ended. */
const lockedOut = Buffer.from(
  `event: end\ndata: ${JSON.stringify({ code: "unauthorized", title: "The API key no longer opens this stream." })}\n\n`,
);

/** Shorter than the time after which proxies cut a silent connection. */
const quietSecondsMax = 15;

/** A reader who takes nothing for this long has gone, or is too slow to wait for. */
const takeSecondsMax = 30;

/** Whose stream it is. */
export interface Reader {
  /** Whether the reader's key still opens the stream. */
  readonly pass: Pass;
  /** Cuts the connection of a reader who takes nothing; left out if there is none. */
  readonly cut: (() => void) | undefined;
}

/** What a stream reports. */
export interface SentStreamListener {
  /** The reader can take a message. */
  pulled(): void;
  /** The reader has gone, or the stream has ended. Called once. */
  gone(): void;
}

/**
 * One reader's stream of server-sent events: kept alive, ended when the reader's key is, and cut when the reader takes nothing. It sends
 * one message when the connection has taken the last one, and keeps none.
 */
export class SentStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #reader: Reader;
  readonly #listener: SentStreamListener;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #ready = false;
  #ended = false;
  /** The time since it got something, or since it became ready. */
  #seconds = 0;

  constructor(reader: Reader, listener: SentStreamListener) {
    this.#reader = reader;
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

  /** Whether it can send now. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Sends a message. Only while it is ready. */
  send(bytes: Uint8Array): void {
    this.#ready = false;
    this.#seconds = 0;
    this.#controller?.enqueue(bytes);
  }

  /** A second has gone by. */
  tick(): void {
    this.#seconds += 1;
    if (this.#ready && this.#seconds >= quietSecondsMax) this.send(heartbeat);
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
      this.send(lockedOut);
      this.end();
    } else this.#drop();
  }

  /** Whether the reader's key no longer opens it. Also false if the keys cannot be read: nothing is sent until they can. */
  async isLockedOut(): Promise<boolean> {
    return await isLockedOut(this.#reader.pass);
  }

  #pulled(): void {
    this.#ready = true;
    this.#seconds = 0;
    this.#listener.pulled();
  }

  #drop(): void {
    this.#over();
    if (this.#reader.cut === undefined) this.#controller?.error(new Error("the reader did not take what was sent"));
    else this.#reader.cut();
  }

  #over(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#ready = false;
    this.#listener.gone();
  }
}

/** Whether a pass no longer opens anything. Also false if the keys cannot be read: nothing is sent until they can. */
export async function isLockedOut(pass: Pass): Promise<boolean> {
  try {
    return (await pass()) === undefined;
  } catch {
    return false;
  }
}
