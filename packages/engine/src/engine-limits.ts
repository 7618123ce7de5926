/** The engine's bounds. Each can be set; these are the defaults, with their reasons. */
export interface EngineLimits {
  /** Commands waiting at most. Past it they are shed at once, so that memory stays flat. */
  readonly queueMax: number;
  /** Commands in one commit at most: it bounds a transaction's size and time. */
  readonly batchMax: number;
  /** How long a command may wait for its turn. A shopper's browser gives up not much later. */
  readonly waitMsMax: number;
  /** How long one commit may take, retries included. */
  readonly commitMsMax: number;
}

export const engineLimits: EngineLimits = {
  queueMax: 10_000,
  batchMax: 1_000,
  waitMsMax: 5_000,
  commitMsMax: 10_000,
};
