import { setTimeout as wait } from "node:timers/promises";
import { freePort, OwnedProcess, REPOSITORY_FOLDER } from "@holdfast/test-services";

const askEveryMs = 5;

/** A first start may have to install everything. */
const startMsMax = 300_000;

/** Runs a command that starts Holdfast, and kills it as soon as it answers. Returns the milliseconds until then. */
export async function timeStart(command: readonly [string, ...string[]], databasePath: string): Promise<number> {
  const port = String(await freePort());
  const [program, ...rest] = command;
  const began = performance.now();
  const app = await OwnedProcess.start({
    command: program,
    arguments: rest,
    cwd: REPOSITORY_FOLDER,
    env: { ...process.env, PORT: port, HOST: "127.0.0.1", DATABASE_URL: `file:${databasePath}` },
  });
  try {
    while (!(await answers(`http://127.0.0.1:${port}/healthz`))) {
      const tookMs = performance.now() - began;
      if (!app.running || tookMs > startMsMax) throw new Error(`${command.join(" ")} did not start:\n${app.logs()}`);
      await wait(askEveryMs);
    }
    return performance.now() - began;
  } finally {
    await app.kill();
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
