import { expect, test } from "vitest";
import { pauseBefore } from "./pause.ts";

test.each([
  [1, undefined, 100, 200],
  [2, undefined, 200, 400],
  [5, undefined, 1_600, 3_200],
  [50, undefined, 2_500, 5_000],
  [1, "7", 7_000, 8_750],
  [9, "0", 0, 0],
  [1, "Sun, 29 Nov 2026 00:00:00 GMT", 100, 200],
])("after %i tries and Retry-After %s it rests from %i to %i ms", (tries, retryAfter, from, to) => {
  const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
  for (let n = 0; n < 100; n += 1) {
    const ms = pauseBefore(tries, new Response("", { headers }));
    expect(ms).toBeGreaterThanOrEqual(from);
    expect(ms).toBeLessThanOrEqual(to);
  }
});
