import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { expect, test } from "vitest";
import { calmV8Threads } from "./v8-threads.ts";

test("V8's threads step back behind the others of this process", () => {
  const own = getPriority();
  calmV8Threads();
  const threads = readdirSync("/proc/self/task").map((id) => ({
    isV8: readFileSync(`/proc/self/task/${id}/comm`, "utf8") === "V8Worker\n",
    nicer: getPriority(Number(id)) - own,
  }));
  expect(new Set(threads.filter(({ isV8 }) => isV8).map(({ nicer }) => nicer))).toEqual(new Set([10]));
  expect(new Set(threads.filter(({ isV8 }) => !isV8).map(({ nicer }) => nicer))).toEqual(new Set([0]));
});
