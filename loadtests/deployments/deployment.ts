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

/** The API key of every load test. A real storefront has one too, so measure with one. */
export const loadKey = "load-tests-of-the-storefront";

/** The environment of a server that accepts the key. */
export const withLoadKey = { API_KEYS: `storefront=${loadKey}` } as const;

/** The headers of a request with this key; none without a key. */
export function keyHeader(apiKey: string | undefined): Record<string, string> {
  return apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
}
