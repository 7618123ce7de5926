import { setFlagsFromString } from "node:v8";

// What V8 takes for speed, and keeps, before there is work that needs it. These flags hold for all threads of the process.

/** Node 20 has V8 11, 22 has 12, 24 has 13. */
const v8Version = Number.parseInt(process.versions.v8, 10);

/** Whether Maglev, the first of its two optimizing compilers, is on by default. */
const hasMaglev = v8Version >= 12;

/** V8 makes no room for young objects, 16 MB and more, and leaves its optimizing compilers alone, 8 MB of Node's program. */
const whileLoading = ["--semi-space-growth-factor=1", "--no-opt", ...(hasMaglev ? ["--no-maglev"] : [])];

/** V8's defaults, but for the young objects, and for Maglev: that takes 15 MB for code that opening a thousand streams runs, and then rests. */
const whileWaiting = ["--opt", ...(hasMaglev ? ["--maglev", "--invocation-count-for-maglev=2000"] : [])];

/**
 * V8's defaults, with one exception. After eight seconds of rest V8 collects garbage so thoroughly that it forgets the shapes of objects which are not
 * there just then, and drops compiled code with them: the next sale would begin with little more than half the orders.
 */
const whileWorking = [
  "--semi-space-growth-factor=2",
  ...(hasMaglev ? ["--invocation-count-for-maglev=400"] : []),
  ...(v8Version >= 13 ? ["--no-memory-reducer-favors-memory"] : []),
];

/** Takes little memory while the program is loaded. Call it before anything else is. */
export function startSmall(): void {
  set(whileLoading);
}

/** Optimizes what runs often, and still takes little memory. Call it when the program serves. */
export function serveSmall(): void {
  set(whileWaiting);
}

/** Takes what speed needs, and keeps compiled code. Call it where there is work to do from now on. */
export function growWithWork(): void {
  set([...whileWaiting, ...whileWorking]);
}

function set(flags: readonly string[]): void {
  for (const flag of flags) setFlagsFromString(flag);
}
