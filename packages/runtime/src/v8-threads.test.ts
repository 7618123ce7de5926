import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

/** How much nicer each thread of a process is than the process itself, once V8's are calmed. In a process of its own, since it is for good. */
const program = `
  import { readdirSync, readFileSync } from "node:fs";
  import { getPriority } from "node:os";
  const { calmV8Threads } = await import(process.argv[1]);
  calmV8Threads();
  const threads = readdirSync("/proc/self/task").map((id) => {
    const name = readFileSync("/proc/self/task/" + id + "/comm", "utf8").trim();
    return { isV8: name === "V8Worker", nicer: getPriority(Number(id)) - getPriority() };
  });
  console.log(JSON.stringify(threads));
`;

test("V8's threads step back behind the others of their process", () => {
  const module = pathToFileURL(`${import.meta.dirname}/v8-threads.ts`).href;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program, module], {
    encoding: "utf8",
  });
  const threads = JSON.parse(stdout) as readonly { readonly isV8: boolean; readonly nicer: number }[];
  const nicer = (isV8: boolean) => new Set(threads.filter((each) => each.isV8 === isV8).map((each) => each.nicer));
  expect({ V8: nicer(true), others: nicer(false) }).toEqual({ V8: new Set([10]), others: new Set([0]) });
});
