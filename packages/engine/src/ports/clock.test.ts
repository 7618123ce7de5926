import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemTimers } from "./clock.ts";

const dayMs = 86_400_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("waits for 30 days, which is longer than one timer can", () => {
  const rung: string[] = [];
  systemTimers.after(30 * dayMs, () => rung.push("30 days"));
  vi.advanceTimersByTime(30 * dayMs - 1);
  expect(rung).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(rung).toEqual(["30 days"]);
});

test.each([0, 26])("waits no more once it was called off, after %i days", (days) => {
  const rung: string[] = [];
  const callOff = systemTimers.after(30 * dayMs, () => rung.push("30 days"));
  vi.advanceTimersByTime(days * dayMs);
  callOff();
  vi.advanceTimersByTime(30 * dayMs);
  expect(rung).toEqual([]);
});
