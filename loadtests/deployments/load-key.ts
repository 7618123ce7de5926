/** The one key of a load test's shop, as a storefront has one: what is measured is what users run. */
export const loadKey = "load-tests-of-the-storefront";

/** For a server that is to know it. */
export const withLoadKey = { API_KEYS: `storefront=${loadKey}` } as const;

/** For a request with a key; without one where there is none. */
export function keyHeader(apiKey: string | undefined): Record<string, string> {
  return apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
}
