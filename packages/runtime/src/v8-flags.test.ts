import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

/** What V8 has made of a program that computes and keeps young objects: while it is loaded, when it serves, and when it works. */
const program = `
  import { getHeapSpaceStatistics } from "node:v8";
  const { startSmall, serveSmall, growWithWork } = await import(process.argv[1]);
  const work = (n) => { let sum = 0; for (let at = 0; at < 100; at += 1) sum += (at * n) % 7; return sum; };
  const keep = [];
  const look = () => {
    for (let n = 0; n < 200_000; n += 1) { work(n); keep.push({ n }); }
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").space_size;
    return { optimized: (%GetOptimizationStatus(work) & 0b111_0000) !== 0, grown: young > 4_000_000 };
  };
  startSmall();
  const loading = look();
  serveSmall();
  const waiting = look();
  growWithWork();
  console.log(JSON.stringify({ loading, waiting, working: look() }));
`;

test("a program optimizes nothing until it serves, and keeps its young heap small until it works", () => {
  const module = pathToFileURL(`${import.meta.dirname}/v8-flags.ts`).href;
  // On the same thread, so that code is optimized by the time it is looked at.
  const flags = ["--allow-natives-syntax", "--no-concurrent-recompilation", "--input-type=module"];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, "--eval", program, module], { encoding: "utf8" });
  expect(stderr, "no flag that this V8 does not know").toBe("");
  expect(JSON.parse(stdout)).toEqual({
    loading: { optimized: false, grown: false },
    waiting: { optimized: true, grown: false },
    working: { optimized: true, grown: true },
  });
});

test("a program that works keeps its compiled code while it rests", () => {
  const module = pathToFileURL(`${import.meta.dirname}/v8-flags.ts`).href;
  // V8's help prints each flag's value as it is now.
  const asking = `
    import { setFlagsFromString } from "node:v8";
    const { startSmall, serveSmall, growWithWork } = await import(process.argv[1]);
    startSmall();
    serveSmall();
    growWithWork();
    setFlagsFromString("--help");
  `;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", asking, module], {
    encoding: "utf8",
  });
  for (const value of ["--no-memory-reducer-favors-memory", "--semi-space-growth-factor=2", "--opt", "--maglev"]) {
    expect(stdout.split("\n").filter((line) => line.endsWith(` default: ${value}`))).toHaveLength(1);
  }
});
