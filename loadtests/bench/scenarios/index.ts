import type { BenchScenario } from "../scenario.ts";
import { carts } from "./carts.ts";
import { hot } from "./hot.ts";
import { lifecycle } from "./lifecycle.ts";
import { processes } from "./processes.ts";
import { soldOut } from "./sold-out.ts";
import { spread } from "./spread.ts";

/** All that `pnpm bench` measures, in this order. */
export const scenarios: readonly BenchScenario[] = [hot, spread, carts, soldOut, lifecycle, processes];
