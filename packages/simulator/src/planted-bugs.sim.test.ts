import { expect, test } from "vitest";
import { withRules } from "./planted/changed-rules.ts";
import { findBug, plantedBugs } from "./planted/planted-bugs.ts";

/** Enough for the hardest bug, which 471 seeds find. Seeds are tried from 1 on, so the outcome does not vary. */
const seedsMax = 500;

/** As many take some twenty seconds of a core, and longer on a busy machine. */
const timeoutMs = 300_000;

test.each(Object.entries(plantedBugs))(
  `finds within ${seedsMax} seeds that %s`,
  async (_what, planted) => {
    expect(await findBug(planted, seedsMax)).toBeDefined();
  },
  timeoutMs,
);

test("finds nothing where nothing is planted: the rules are exchanged for the very same", async () => {
  expect(await findBug(withRules({}), 25)).toBeUndefined();
}, 60_000);
