/** Where the messages of one stream go. It takes one message at a time. */
export interface Outlet {
  /** Takes a message; only after it has `pulled`. */
  send(bytes: Uint8Array): void;
  /** Ends the answer, behind what it has taken. */
  end(): void;
  /** Ends the answer now. What the reader has not received is lost. */
  cut(): void;
}

/** What an outlet reports, after it has been made. */
export interface OutletListener {
  /** It can take a message. */
  pulled(): void;
  /** The reader has gone. */
  gone(): void;
}
