import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Miniflare } from "miniflare";
import { expect, onTestFinished, test } from "vitest";
import { bundle } from "../bundle.ts";
import { workerModules } from "../worker-modules.ts";
import { shopChecks } from "./shop-checks.ts";

const allOk = Object.fromEntries(Object.keys(shopChecks).map((name) => [name, "ok"]));

/** Where npm puts the programs of this app's packages. */
const programs = join(import.meta.dirname, "../../node_modules/.bin");

test.each([
  ["Node", process.execPath, []],
  ["Bun", join(programs, "bun"), []],
  ["Deno", join(programs, "deno"), ["run", "--allow-env", "--allow-read"]],
])("one bundle of the app over the store in memory passes every check on %s", async (_, program, words) => {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-runtime-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "checks.mjs");
  writeFileSync(file, await bundle("runtimes/process-entry.ts"));
  const { stdout } = await promisify(execFile)(program, [...words, file], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual(allOk);
});

test("the app over the store in memory passes every check in a Worker", async () => {
  const runtime = new Miniflare(await workerModules("runtimes/worker-entry.ts"));
  onTestFinished(() => runtime.dispose());
  const report = await runtime.dispatchFetch("http://worker/");
  expect(await report.json()).toEqual(allOk);
});
