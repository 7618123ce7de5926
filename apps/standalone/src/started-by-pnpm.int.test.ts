import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "@holdfast/test-services";
import { expect, inject, onTestFinished, test } from "vitest";

const repository = join(import.meta.dirname, "../../..");

/** What a user's shell has, without what the package manager that runs this test has added. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|pnpm_|PNPM_|INIT_CWD|NODE_OPTIONS|VITEST)/i.test(name)),
);

/** Types a command of the README into a shell of its own. */
async function type(script: string, env: Readonly<Record<string, string>>) {
  let output = "";
  const child = spawn("npx", ["-y", "pnpm@12", script], {
    cwd: repository,
    env: { ...environment, ...env },
    detached: true, // the leader of its own process group and session
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pid = child.pid ?? expect.unreachable("npx cannot be started");
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  onTestFinished(() => killSession(pid));
  return { pid, ended, output: () => output };
}

/** The processes left in a session, also those whose parent has ended. */
function killSession(session: number): void {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,sess="], { encoding: "utf8" });
  for (const line of processes.trim().split("\n")) {
    const [pid, of] = line.trim().split(/\s+/).map(Number);
    if (of === session && pid !== undefined) process.kill(pid, "SIGKILL");
  }
}

async function answers(url: string): Promise<void> {
  while (
    !(await fetch(url)
      .then(({ ok }) => ok)
      .catch(() => false))
  )
    await wait(50);
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "holdfast-pnpm-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test.each([
  ["SIGTERM", "npx alone"],
  ["SIGTERM", "the whole group"],
  ["SIGHUP", "npx alone"],
  ["SIGKILL", "npx alone"],
] as const)("after %s to %s, `npx -y pnpm@12 start` answers what is under way and ends", async (signal, whom) => {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const env = { PORT: port, DATABASE_URL: `file:${folder()}/shop.db`, LOG_LEVEL: "info" };
  const { pid, ended, output } = await type("start", env);
  await answers(`${url}/readyz`);
  const { nextCursor } = (await (await fetch(`${url}/v1/events?limit=200`)).json()) as { nextCursor: string };
  const waiting = fetch(`${url}/v1/events?cursor=${nextCursor}&waitSeconds=30`);
  await answers(`${url}/readyz`);
  process.kill(whom === "npx alone" ? pid : -pid, signal);
  expect((await waiting).status).toBe(200);
  await ended;
  expect(output()).toContain("Holdfast has stopped.");
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test.each([
  ["start:api", "PORT", "api stopped"],
  ["start:worker", "HEALTH_PORT", "worker stopped"],
])(
  "after SIGTERM to npx alone, `npx -y pnpm@12 %s` ends; an API has shown the dashboard, on MongoDB too",
  async (script, variable, last) => {
    const port = String(await freePort());
    const database = new URL(inject("mongoUrl"));
    database.pathname = `/pnpm-${script.replace(":", "-")}`;
    const env = { [variable]: port, DATABASE_URL: database.href, REDIS_URL: inject("redisUrl"), LOG_LEVEL: "info" };
    const { pid, ended, output } = await type(script, env);
    await answers(`http://127.0.0.1:${port}/readyz`);
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect((await page.text()).includes("/dashboard/main-")).toBe(script === "start:api");
    process.kill(pid, "SIGTERM");
    await ended;
    expect(output()).toContain(last);
  },
);

test("after SIGTERM to npx alone, `npx -y pnpm@12 start:edge` ends, and its runtime with it", async () => {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const { pid, ended, output } = await type("start:edge", { PORT: port, EDGE_FOLDER: folder() });
  await answers(`${url}/readyz`);
  process.kill(pid, "SIGTERM");
  await ended;
  expect(output()).toContain("Holdfast has stopped.");
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});
