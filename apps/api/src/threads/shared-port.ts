import { availableParallelism } from "node:os";
import process from "node:process";

/** Whether threads of a process can listen on one port, and the system spreads connections over them evenly. */
export const canSharePort = process.platform === "linux";

/** More serve no more orders: the engine's thread is busy then. */
const threadsMost = 4;

/** How many threads serve HTTP unless it is set: one core is left to the engine, and one to the writer. */
export function httpThreadsDefault(cores = availableParallelism(), sharesPort = canSharePort): number {
  return sharesPort ? Math.min(threadsMost, Math.max(1, cores - 2)) : 1;
}
