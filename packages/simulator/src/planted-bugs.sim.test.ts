import { expect, test } from "vitest";
import { findBug } from "./planted/find-bug.ts";
import { withRules } from "./planted/fold-with.ts";
import { plantedBugs } from "./planted/planted-bugs.ts";

/** Several times what the hardest one needs: see the table in the README. */
const seedsMax = 100;

test.each(Object.entries(plantedBugs))(`finds within ${seedsMax} seeds that %s`, async (_what, planted) => {
  expect(await findBug(planted, seedsMax)).toBeDefined();
});

test("finds nothing where nothing is planted: the rules are exchanged for the very same", async () => {
  expect(await findBug(withRules({}), 25)).toBeUndefined();
});
