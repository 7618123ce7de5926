import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

/** What V8 has made of a program that computes and keeps young objects: before it serves, and after. */
const program = `
  import { getHeapSpaceStatistics } from "node:v8";
  const { startSmall, growWithWork } = await import(process.argv[1]);
  const work = (n) => { let sum = 0; for (let at = 0; at < 100; at += 1) sum += (at * n) % 7; return sum; };
  const keep = [];
  const look = () => {
    for (let n = 0; n < 200_000; n += 1) { work(n); keep.push({ n }); }
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").space_size;
    return { optimized: (%GetOptimizationStatus(work) & 0b111_0000) !== 0, grown: young > 4_000_000 };
  };
  startSmall();
  const before = look();
  growWithWork();
  console.log(JSON.stringify([before, look()]));
`;

test("a program optimizes nothing and keeps its young heap small until it serves", () => {
  const module = pathToFileURL(`${import.meta.dirname}/small-start.ts`).href;
  // On the same thread, so that code is optimized by the time it is looked at.
  const flags = ["--allow-natives-syntax", "--no-concurrent-recompilation", "--input-type=module"];
  const seen = JSON.parse(execFileSync(process.execPath, [...flags, "--eval", program, module], { encoding: "utf8" }));
  expect(seen).toEqual([
    { optimized: false, grown: false },
    { optimized: true, grown: true },
  ]);
});
