import { expect, onTestFinished, test } from "vitest";
import { connectFirst } from "./connect-first.ts";
import { dueHolds, nextExpiry } from "./sqlite-queries.ts";

test.each([
  ["holds that are due", dueHolds],
  ["when the next hold runs out", nextExpiry],
])("finds %s in the index that is in order of time, and nowhere else", (_what, sql) => {
  const db = connectFirst(":memory:", { busyTimeoutMs: 0 });
  onTestFinished(() => db.close());
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
  expect(plan.map(({ detail }) => String(detail).replace(/ \(.*/, ""))).toEqual([
    "SEARCH orders USING COVERING INDEX orders_due",
  ]);
});
