/** A running Holdfast, as its clients see it. */
export interface Deployment {
  /** One base URL per API process. */
  readonly urls: readonly string[];
  /** What its clients send; absent where it has none. */
  readonly apiKey?: string;
  /** Ends its processes, and what was started or made for them. */
  stop(): Promise<void>;
}

/** Log nothing that is not a problem: a log line per request would be part of what is measured. */
export const quiet = { LOG_LEVEL: "warn" } as const;
