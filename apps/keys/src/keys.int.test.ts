import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort, runNode, spawnNode } from "@holdfast/test-services";
import { describe, expect, inject, onTestFinished, test } from "vitest";

/** Runs the command as its own process, to its end. */
function keys(url: string, ...words: readonly string[]) {
  return runNode("apps/keys/src/main.ts", url, ...words);
}

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-keys-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "shop.db");
}

/** Makes a key; gives the key and its id. */
async function make(url: string, scopes: string, ...more: readonly string[]) {
  const { code, stdout, stderr } = await keys(url, "create", "--name", "shop", "--scopes", scopes, ...more);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^hf_[\w-]{43}$/)]);
  const [id = ""] = /key_\w{26}/.exec(stderr) ?? [];
  return { key: stdout, id };
}

/** A shop on a file, as its own process. */
async function serve(file: string, env: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const app = await spawnNode({
    entry: "apps/standalone/src/main.ts",
    env: { PORT: String(port), DATABASE_URL: `file:${file}`, ...env },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  onTestFinished(() => app.kill());
  return async (key?: string): Promise<number> => {
    const headers = { ...(key !== undefined && { authorization: `Bearer ${key}` }) };
    return (await fetch(`${app.url}/v1/orders`, { headers })).status;
  };
}

/** Asks until the answer is the expected one; at most the five seconds that a change may take, and some for the machine. */
async function becomes(status: number, ask: () => Promise<number>): Promise<void> {
  const end = performance.now() + 15_000;
  while ((await ask()) !== status) {
    if (performance.now() > end) throw new Error(`it never became ${status}`);
    await wait(50);
  }
}

describe.each([
  ["SQLite", () => `file:${newFile()}`],
  ["MongoDB", () => inject("mongoUrl").replace(/\/(\?|$)/, `/keys-${randomUUID()}$1`)],
])("on %s", (_name, newUrl) => {
  test("makes a key, lists it and revokes it", async () => {
    const url = newUrl();
    const { id, key } = await make(url, "orders:read,orders:write", "--rate-limit", "500");
    const line = new RegExp(`^${id}  shop  orders:read,orders:write  limit=500  made=\\S+  by=command-line$`);
    expect(await keys(url, "list")).toMatchObject({ code: 0, stdout: expect.stringMatching(line) });
    const revoked = await keys(url, "revoke", id);
    expect(revoked).toMatchObject({ code: 0, stdout: expect.stringMatching(/ {2}revoked=\S+$/) });
    expect(await keys(url, "revoke", id)).toEqual(revoked);
    const listed = await keys(url, "list");
    expect(listed.stdout).toBe(revoked.stdout);
    expect(listed.stdout + listed.stderr).not.toContain(key);
    const [json, none] = (await keys(url, "list", "--json")).stdout.split("\n").map((text) => JSON.parse(text));
    expect([json, none]).toEqual([
      {
        id,
        name: "shop",
        scopes: ["orders:read", "orders:write"],
        rateLimitPerSecond: 500,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        revokedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        createdBy: "command-line",
      },
      undefined,
    ]);
  });

  test("makes no second key of a name while one lives, unless it is to take over", async () => {
    const url = newUrl();
    await make(url, "admin");
    const again = await keys(url, "create", "--name", "shop", "--scopes", "admin");
    expect(again).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(/the name shop lives.*--rotate/s) });
    await make(url, "admin", "--rotate");
  });

  test("says so if there is no such key", async () => {
    const url = newUrl();
    await make(url, "admin");
    expect(await keys(url, "revoke", "key_none")).toEqual({
      code: 1,
      stdout: "",
      stderr: "There is no key key_none. See: pnpm keys list",
    });
  });
});

test("opens and closes the door of a shop that runs on the same file", async () => {
  const file = newFile();
  const ask = await serve(file);
  expect(await ask()).toBe(200);
  const { id, key } = await make(`file:${file}`, "orders:read");
  await becomes(401, ask);
  expect(await ask(key)).toBe(200);
  const other = await make(`file:${file}`, "stock:write", "--rotate");
  await becomes(403, () => ask(other.key));
  await keys(`file:${file}`, "revoke", id);
  await becomes(401, () => ask(key));
});

test("lets a shop be served to others, once there is a key", async () => {
  const file = newFile();
  await expect(serve(file, { HOST: "0.0.0.0" })).rejects.toThrow(/there is no API key.*pnpm keys create/);
  const { key } = await make(`file:${file}`, "orders:read");
  const ask = await serve(file, { HOST: "0.0.0.0" });
  expect([await ask(), await ask(key)]).toEqual([401, 200]);
});

test.each([
  ["a file that is not there", "list", (): string => `file:${newFile()}`, 1, /there is no database .*shop\.db/],
  ["a file that is no database", "list", (): string => `file:${import.meta.filename}`, 1, /not a database/],
  ["a server that is not there", "list", (): string => "mongodb://127.0.0.1:1/shop", 1, /ECONNREFUSED/],
  [
    "a URL of something else",
    "list",
    (): string => "postgres://127.0.0.1",
    1,
    /DATABASE_URL must be a file: or mongodb:/,
  ],
  ["a command that there is not", "delete", (): string => `file:${newFile()}`, 2, /no command delete.*--help/s],
] as const)("ends with a reason and a code for %s", async (_what, word, newUrl, code, reason) => {
  const url = newUrl();
  expect(await keys(url, word)).toEqual({ code, stdout: "", stderr: expect.stringMatching(reason) });
  if (url.endsWith("shop.db")) expect(existsSync(url.slice("file:".length))).toBe(false);
});

test("explains itself", async () => {
  expect(await keys("", "--help")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/create --name.*orders:read/s),
  });
});
