import type { Pass } from "../key-ring.ts";
import type { Outlet, OutletListener } from "./outlet.ts";

const heartbeat = Buffer.from(": still here\n\n");

/** The last message to a reader whose key no longer opens the stream: it says why the stream ended. */
const lockedOut = Buffer.from(
  `event: end\ndata: ${JSON.stringify({ code: "unauthorized", title: "The API key no longer opens this stream." })}\n\n`,
);

/** Shorter than the time after which proxies cut a silent connection. */
const quietSecondsMax = 15;

/** A reader who takes nothing for this long has gone, or is too slow to wait for. */
const takeSecondsMax = 30;

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
  readonly #pass: Pass;
  readonly #listener: SentStreamListener;
  #outlet: Outlet | undefined;
  #ready = false;
  #ended = false;
  /** The time since it got something, or since it became ready. */
  #seconds = 0;

  /** @param pass whether the reader's key still opens the stream */
  constructor(pass: Pass, listener: SentStreamListener) {
    this.#pass = pass;
    this.#listener = listener;
  }

  /** Begins to send. Once, in the turn in which it was made. */
  sendTo<Opened extends Outlet>(open: (listener: OutletListener) => Opened): Opened {
    const outlet = open({ pulled: () => this.#pulled(), gone: () => this.#over() });
    this.#outlet = outlet;
    return outlet;
  }

  /** Whether it can send now. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Sends a message. Only while it is ready. */
  send(bytes: Uint8Array): void {
    this.#ready = false;
    this.#seconds = 0;
    this.#outlet?.send(bytes);
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
    this.#outlet?.end();
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
    return await isLockedOut(this.#pass);
  }

  #pulled(): void {
    if (this.#ended) return;
    this.#ready = true;
    this.#seconds = 0;
    this.#listener.pulled();
  }

  #drop(): void {
    this.#over();
    this.#outlet?.cut();
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
