import type { BenchScenario } from "../round.ts";
import { hot } from "./hot.ts";
import { spread } from "./spread.ts";

/** All that `pnpm bench` measures, in this order. */
export const scenarios: readonly BenchScenario[] = [hot, spread];
