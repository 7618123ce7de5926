/** A running Holdfast, from the point of view of a client. */
export interface Deployment {
  /** One base URL per API process. */
  readonly urls: readonly string[];
  /** The API key that clients send, if there is one. */
  readonly apiKey?: string;
  /** Stops its processes, and removes what was started or made for them. */
  stop(): Promise<void>;
}

/** Log problems only: a log line per request would be part of the measurement. */
export const quiet = { LOG_LEVEL: "warn" } as const;
