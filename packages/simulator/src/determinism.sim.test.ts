import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

test.each([1, 2, 3, 4, 5])("seed %i gives the same history, byte for byte, alone and in company", async (seed) => {
  const alone = (await simulate(seed)).history.join("\n");
  const [again] = await Promise.all([simulate(seed), simulate(seed + 1), simulate(seed + 2)]);
  expect(again.history.join("\n")).toBe(alone);
  expect(alone.length).toBeGreaterThan(5_000);
});

test("another seed gives another history", async () => {
  expect((await simulate(1)).history).not.toEqual((await simulate(2)).history);
});
