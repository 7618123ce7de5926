import { expect, test } from "vitest";
import { QuietCollection } from "./quiet-collection.ts";

const megabyte = 1_000_000;

/** A second of a thread: how busy it was, and its heap behind it. `order`: one came meanwhile. */
interface Second {
  readonly busy: number;
  readonly heap: number;
  readonly order?: true;
}

/** In which of the seconds garbage was collected. A collection halves the heap's growth over 20 MB. */
async function collectedIn(seconds: readonly Second[]): Promise<number[]> {
  const collected: number[] = [];
  let second = -1;
  let kept = 0;
  const now = () => seconds[second] ?? expect.unreachable("there is a second to look at");
  const collection = new QuietCollection({
    busyShare: () => now().busy,
    heapBytes: () => (now().heap - kept) * megabyte,
    collect: () => {
      collected.push(second);
      kept += (now().heap - kept - 20) / 2;
    },
  });
  for (const { order } of seconds) {
    second += 1;
    if (order) collection.observer.committed({ kind: "committed", wrote: true, reason: undefined, commands: 1, ms: 1 });
    await collection.work();
  }
  return collected;
}

const rest = { busy: 0.01, heap: 20 };
const burst = { busy: 0.9, heap: 50 };
const quiet = { busy: 0.01, heap: 50 };

test.each<[string, Second[], number[]]>([
  ["once, when it has been quiet for two seconds after a burst", [rest, burst, quiet, quiet, quiet, quiet], [3]],
  [
    "after each burst",
    [rest, burst, quiet, quiet, { busy: 0.9, heap: 80 }, ...Array(3).fill({ ...quiet, heap: 80 })],
    [3, 6],
  ],
  ["never while requests come", [rest, burst, quiet, burst, quiet, burst, quiet], []],
  ["never while orders come, however few", [rest, burst, ...Array(5).fill({ ...quiet, order: true })], []],
  ["never where the heap has hardly grown", [rest, rest, { ...quiet, heap: 23 }, { ...quiet, heap: 23 }], []],
  [
    "where the heap has grown since it was smallest",
    [burst, rest, rest, { ...quiet, heap: 25 }, { ...quiet, heap: 25 }],
    [3],
  ],
])("collects garbage %s", async (_when, seconds, expected) => {
  expect(await collectedIn(seconds)).toEqual(expected);
});
