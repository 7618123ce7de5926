import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MemoryRateLimiter } from "./memory-rate-limiter.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("allows as many a second as are asked for, to each caller on its own", async () => {
  const limiter = new MemoryRateLimiter();
  const take = async (caller: string, perSecond: number) => {
    const { allowed, remaining } = await limiter.take(caller, perSecond);
    return `${allowed ? "yes" : "no"} ${remaining}`;
  };
  expect(await take("shop", 2)).toBe("yes 1");
  vi.advanceTimersByTime(600);
  expect(await take("shop", 2)).toBe("yes 0");
  expect(await take("shop", 2)).toBe("no 0");
  expect(await take("till", 3)).toBe("yes 2");
  expect((await limiter.take("shop", 2)).resetMs).toBe(400);
  vi.advanceTimersByTime(400);
  expect(await take("shop", 2)).toBe("yes 1");
});

test("forgets callers that have stopped asking", async () => {
  const limiter = new MemoryRateLimiter();
  for (let n = 0; n < 1_000; n += 1) await limiter.take(`caller-${n}`, 2);
  expect(vi.getTimerCount()).toBe(1_000);
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);
});
