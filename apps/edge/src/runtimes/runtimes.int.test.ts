import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
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

test("a long list of a Worker's comes compressed once", async () => {
  const runtime = new Miniflare(await workerModules("runtimes/list-entry.ts"));
  onTestFinished(() => runtime.dispose());
  const { encoding, body } = await answerOf(new URL("/v1/products?limit=80", await runtime.ready));
  expect(encoding).toBe("gzip");
  expect(JSON.parse(gunzipSync(body).toString())).toMatchObject({ data: { length: 80 } });
});

/** The bytes of an answer as they come. `fetch` would decode them. */
function answerOf(url: URL): Promise<{ encoding: string | undefined; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { "accept-encoding": "gzip" } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => resolve({ encoding: answer.headers["content-encoding"], body: Buffer.concat(parts) }));
    });
    asked.on("error", reject).end();
  });
}
