import { expect, test } from "vitest";
import { ReadSize } from "./read-size.ts";

/** The sizes of successive reads, with all entries alike, until the movements wanted are found. */
function sizesFor(movements: number, entry: { readonly records: number; readonly movements: number }): number[] {
  const size = new ReadSize();
  const sizes: number[] = [];
  for (let left = movements; left > 0; ) {
    const entries = size.entriesFor(left);
    sizes.push(entries);
    for (let n = 0; n < entries; n += 1) size.saw(entry.records, entry.movements);
    left -= entries * entry.movements;
  }
  return sizes;
}

test.each([
  ["one entry that fills the page", { records: 1_000, movements: 1_000 }, [1]],
  ["entries of one movement in three reads", { records: 1, movements: 1 }, [1, 8, 42]],
  ["large entries of others, ten thousand records at a time", { records: 1_000, movements: 2 }, [1, 8, 10, 7]],
  ["the largest entries one by one", { records: 20_000, movements: 20 }, [1, 1, 1]],
])("reads %s", (_what, entry, outcome) => {
  expect(sizesFor(51, entry)).toEqual(outcome);
});

test("reads on in bounds where it has found nothing yet", () => {
  const size = new ReadSize();
  for (const entries of [1, 8, 72, 200, 200]) {
    expect(size.entriesFor(51)).toBe(entries);
    for (let n = 0; n < entries; n += 1) size.saw(0, 0);
  }
});
