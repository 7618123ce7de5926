import { decideBatch } from "@holdfast/domain";
import { expect, test } from "vitest";
import { differenceOf } from "./differential.ts";

const sequences = 400;
/** `TEST_SEED=random` plays others. A failure names its own. */
const first = Number(process.env["TEST_SEED"]);

test(`a batch answers and leaves what single commands do, in ${sequences} random sequences`, async () => {
  for (let seed = first; seed < first + sequences; seed += 1) expect(await differenceOf(seed)).toBeUndefined();
});

test("a fold that decides every command on the batch's first state is found", async () => {
  const unfolded: typeof decideBatch = (snapshot, commands, now) => {
    const batch = decideBatch(snapshot, commands, now);
    return { ...batch, outcomes: commands.flatMap((command) => decideBatch(snapshot, [command], now).outcomes) };
  };
  const found = await Promise.all(Array.from({ length: 20 }, (_, seed) => differenceOf(seed, unfolded)));
  expect(found.filter((difference) => difference !== undefined).length).toBeGreaterThan(0);
});
