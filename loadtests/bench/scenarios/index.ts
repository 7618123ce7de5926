import type { BenchScenario } from "../scenario.ts";
import { allocate } from "./allocate.ts";
import { expire } from "./expire.ts";
import { feedReaders } from "./feed-readers.ts";
import { fulfil } from "./fulfil.ts";
import { generators } from "./generators.ts";
import { keyCost } from "./key-cost.ts";
import { lifecycle } from "./lifecycle.ts";
import { memory } from "./memory.ts";
import { p99At70 } from "./p99-at-70.ts";
import { aged, carts, cores, edge, hot, processes, spread } from "./placing.ts";
import { soldOut } from "./sold-out.ts";
import { startup } from "./startup.ts";

/** All that `pnpm bench` measures, in this order. */
export const scenarios: readonly BenchScenario[] = [
  hot,
  keyCost,
  spread,
  carts,
  allocate,
  soldOut,
  lifecycle,
  fulfil,
  p99At70,
  feedReaders,
  cores,
  processes,
  expire,
  aged,
  edge,
  memory,
  startup,
  generators,
];
