import { fuzz } from "@holdfast/fuzz";
import fc from "fast-check";
import { expect, test } from "vitest";
import { plantedBugs } from "./planted-bugs.ts";
import { type Deed, deeds, honest, type Passage, ShoppersPlay } from "./shoppers-play.ts";

async function played(passage: Passage, sequence: readonly Deed[]): Promise<void> {
  const play = await ShoppersPlay.open(passage);
  for (const deed of sequence) await play.do(deed);
  await play.settle();
}

test("shoppers reach their own orders with a storefront's key, and nothing else", async () => {
  await fuzz({
    file: "apps/api/src/storefront/storefront.sim.test.ts",
    sequences: 60,
    requests: deeds,
    play: (sequence) => played(honest, sequence),
  });
}, 600_000);

test.each(Object.entries(plantedBugs))("a bug that is planted is found: %s", async (_what, passage) => {
  const sequence = fc.array(deeds, { minLength: 1, maxLength: 60, size: "max" });
  const run = (each: readonly Deed[]) => played(passage, each);
  const { failed } = await fc.check(fc.asyncProperty(sequence, run), { numRuns: 20, endOnFailure: true });
  expect(failed).toBe(true);
});
