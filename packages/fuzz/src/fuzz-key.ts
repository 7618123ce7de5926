import type { FilledRequest } from "./requests.ts";

/** The API key that random requests send. The Holdfast under test has it in its `API_KEYS`, so it asks every caller for a key. */
export const fuzzKey = "the-key-of-made-up-requests";

/** The request with the key, unless it sends an `Authorization` of its own. */
export function withKey(request: FilledRequest): FilledRequest {
  if (request.headers.some(([name]) => name === "authorization")) return request;
  return { ...request, headers: [...request.headers, ["authorization", `Bearer ${fuzzKey}`]] };
}
