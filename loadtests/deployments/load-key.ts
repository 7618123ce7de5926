/** The API key of every load test. A real storefront has one too, so measure with one. */
export const loadKey = "load-tests-of-the-storefront";

/** The environment of a server that accepts the key. */
export const withLoadKey = { API_KEYS: `storefront=${loadKey}` } as const;

/** The headers of a request with this key; none without a key. */
export function keyHeader(apiKey: string | undefined): Record<string, string> {
  return apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
}
