import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { freePort, REPOSITORY_FOLDER, spawnNode } from "@holdfast/test-services";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { commands } from "./commands.ts";

const entry = "apps/holdfast/src/main.ts";

/** A folder for one test. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs `holdfast` with these words, to its end. */
function run(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd: REPOSITORY_FOLDER, env: { ...process.env, ...env } };
    execFile(process.execPath, [entry, ...words], options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout: stdout.trim(), stderr: stderr.trim() }),
    );
  });
}

describe.each([...commands.keys()])("holdfast %s", (name) => {
  test("answers a wrong option in one line and exit code 2", async () => {
    const { code, stdout, stderr } = await run([name, "--no-such-option"]);
    expect([code, stdout, stderr.split("\n").length]).toEqual([2, "", 1]);
    expect(stderr).toMatch(/no-such-option.* See: holdfast \w+ --help$/);
  });

  test("says what it takes", async () => {
    const { code, stdout, stderr } = await run([name, "--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(new RegExp(`^ {2}holdfast ${name}\\b`, "m"));
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(140);
  });
});

test("lists its commands, and names its version", async () => {
  const listed = await run([]);
  for (const name of commands.keys()) expect(listed.stdout).toMatch(new RegExp(`^ {2}holdfast ${name}\\b`, "m"));
  expect(listed.code).toBe(0);
  expect((await run(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+$/);
});

test.each([
  [["sell"], 2, /no command sell/],
  [["import", "shop.ndjson"], 2, /holdfast import URL FILE/],
  [["import", "http://127.0.0.1:1"], 2, /holdfast import URL FILE/],
  [["import", "http://127.0.0.1:1", "a", "b"], 2, /no place for b/],
  [["import", "http://127.0.0.1:1", "a", "--at-once", "0"], 2, /--at-once must be a whole number from 1 to 200, not 0/],
  [["import", "http://127.0.0.1:1", "/no/such.ndjson"], 1, /no such file/],
  [["export"], 2, /its URL/],
  [["export", "shop.example"], 2, /begins with http/],
  [["audit", "http://127.0.0.1:1"], 1, /does not answer as Holdfast does/],
  [["storm", "http://127.0.0.1:1", "--report", "pdf"], 2, /text, markdown, json, not pdf/],
  [["storm", "http://127.0.0.1:1", "--sku", "tea", "--stock", "3"], 2, /--stock is for the storm's own product/],
  [["serve", "--port", "http"], 1, /PORT must be a whole number/],
])("answers %j with one reason", async (words, code, reason) => {
  const ended = await run(words);
  expect(ended).toEqual({ code, stdout: "", stderr: expect.stringMatching(reason) });
  expect(ended.stderr).not.toMatch(/^ +at /m);
});

describe("with a shop that it serves", () => {
  let url = "";
  let env: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "holdfast-cli-"));
    const database = `file:${folder}/shop.db`;
    const made = await run(["keys", "create", "--name", "ops", "--scopes", "admin"], { DATABASE_URL: database });
    env = { HOLDFAST_API_KEY: made.stdout };
    const port = String(await freePort());
    const app = await spawnNode({
      entry,
      arguments: ["serve", "--port", port, "--database", database],
      env: { DEMO_CATALOGUE: "off" },
      readyUrl: `http://127.0.0.1:${port}/readyz`,
    });
    url = app.url;
    return async () => {
      await app.stop();
      rmSync(folder, { recursive: true });
    };
  });

  const row = (sku: string, main: number) =>
    JSON.stringify({ sku, name: `The ${sku}`, price: { amount: 100, currency: "EUR" }, stock: { main } });

  test("imports a file, exports it again, storms and audits", async () => {
    const folder = newFolder();
    const [file, copy] = [join(folder, "shop.ndjson"), join(folder, "copy.ndjson")];
    writeFileSync(file, `${row("cup", 5)}\n${row("tea", 7)}\n`);
    expect(await run(["import", file, "--dry-run"])).toMatchObject({ code: 0, stderr: "" });
    const counts = {
      rows: 2,
      changed: 0,
      counted: 0,
      same: 0,
      different: 0,
      refused: 0,
      faulty: 0,
      interrupted: false,
    };
    for (const [created, same] of [
      [2, 0],
      [0, 2],
    ] as const) {
      const { code, stdout, stderr } = await run(["import", url, file, "--json"], env);
      expect([code, JSON.parse(stdout), stderr]).toEqual([0, { ...counts, created, same }, ""]);
    }
    expect(await run(["export", url, copy], env)).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(copy, "utf8")).toBe(readFileSync(file, "utf8"));
    expect(readdirSync(folder).sort()).toEqual(["copy.ndjson", "shop.ndjson"]);
    expect(await run(["export", url, copy], env)).toMatchObject({ code: 1, stderr: expect.stringMatching(/--force/) });
    const storm = await run(["storm", url, "--buyers", "20", "--report", "json"], env);
    expect([storm.code, JSON.parse(storm.stdout).ok]).toEqual([0, true]);
    const audit = await run(["audit", url, "--json"], env);
    expect([audit.code, JSON.parse(audit.stdout)]).toMatchObject([0, { ok: true, skus: 3, moving: [] }]);
    expect((await run(["audit", url, "--sku", "tea"], env)).stdout).toMatch(/: 1 SKUs, 1 levels, 0 orders/);
  });

  test("names the lines of a file that are wrong, and ends with 1", async () => {
    const file = join(newFolder(), "shop.ndjson");
    writeFileSync(file, `${row("cup", 5)}\n\nnonsense\n${row("cup", -5)}\n`);
    const { code, stderr } = await run(["import", url, file, "--dry-run"], env);
    expect(code).toBe(1);
    expect(stderr.split("\n").sort()).toEqual([
      "line 3: faulty: it is not JSON",
      expect.stringMatching(/^line 4: faulty: stock\.main: /),
    ]);
  });

  test("says that a key is missing or wrong", async () => {
    for (const HOLDFAST_API_KEY of ["", "hf_wrong"]) {
      const { code, stderr } = await run(["audit", url], { HOLDFAST_API_KEY });
      expect([code, stderr]).toEqual([1, expect.stringMatching(/unauthorized: .*HOLDFAST_API_KEY$/)]);
    }
  });

  test("writes to a pipe that closes early without a stack", async () => {
    const child = spawn("sh", ["-c", `"${process.execPath}" ${entry} export ${url} | true`], {
      cwd: REPOSITORY_FOLDER,
      env: { ...process.env, ...env },
    });
    let stderr = "";
    child.stderr.on("data", (text) => (stderr += text));
    await once(child, "close");
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

test("checks a file that is longer than its memory", async () => {
  const file = join(newFolder(), "long.ndjson");
  const rows = Array.from({ length: 100_000 }, (_, row) =>
    JSON.stringify({ sku: `tea-${row}`, name: `Tea ${row}`, price: { amount: 650, currency: "EUR" } }),
  );
  writeFileSync(file, rows.join("\n"));
  const { code, stdout } = await run(["import", file, "--dry-run"], { NODE_OPTIONS: "--max-old-space-size=24" });
  expect([code, stdout]).toEqual([0, expect.stringMatching(/100,000 can be read, 0 cannot/)]);
});

test("Ctrl-C ends an import long before its end, with what it has done and exit code 1", async () => {
  // A shop that has to be waited for, so that the import is sure to be under way.
  let asked = () => {};
  const firstCreate = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    if (request.method === "GET") response.end('{"data":[],"nextCursor":null}');
    else {
      asked();
      setTimeout(() => response.end("{}"), 300);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, [entry, "import", url, "-", "--at-once", "2"], { cwd: REPOSITORY_FOLDER });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const price = { amount: 1, currency: "EUR" };
  for (let n = 0; n < 100; n += 1) child.stdin.write(`${JSON.stringify({ sku: `s-${n}`, name: "Tea", price })}\n`);
  await firstCreate;
  child.kill("SIGINT");
  const [code] = await once(child, "close");
  expect([code, output]).toEqual([1, expect.stringMatching(/\d+ created.*interrupted/s)]);
});
