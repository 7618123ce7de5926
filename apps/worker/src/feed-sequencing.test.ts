import { expect, test } from "vitest";
import { feedLimits, feedSequencing } from "./feed-sequencing.ts";

const full = feedLimits.commitsPerRound;

test.each([
  { stamped: 0, restMs: 250 },
  { stamped: full - 1, restMs: 250 },
  { stamped: full, restMs: 0 },
])("gives places to what there is, and having given $stamped rests $restMs ms", async ({ stamped, restMs }) => {
  const asked: number[] = [];
  const stamp = async (limit: number) => {
    asked.push(limit);
    return stamped;
  };
  expect(await feedSequencing({ stamp }, 250).work(new AbortController().signal)).toEqual({ restMs });
  expect(asked).toEqual([full]);
});
