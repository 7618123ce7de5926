import { expect, test } from "vitest";
import { idsByTime } from "./ids-by-time.ts";

test("makes ids that are all different and stand in the order in which they were made", () => {
  const newId = idsByTime();
  const ids = Array.from({ length: 10_000 }, newId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  expect(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
});

test("draws from every character at random, also past what is drawn at a time", () => {
  // The first id of a maker is random in each of its last 16 characters.
  const first = Array.from({ length: 400 }, () => idsByTime()());
  for (let place = 10; place < 26; place += 1) {
    expect(new Set(first.map((id) => id[place])).size).toBe(32);
  }
});

test("two makers never make the same id", () => {
  const [one, other] = [idsByTime(), idsByTime()];
  const ids = Array.from({ length: 1_000 }, () => [one(), other()]).flat();
  expect(new Set(ids).size).toBe(ids.length);
});
