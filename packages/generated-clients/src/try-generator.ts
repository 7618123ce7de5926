import { execFile } from "node:child_process";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort, spawnNode } from "@holdfast/test-services";
import { type GeneratorName, generators, type Step } from "./generators.ts";

const home = join(import.meta.dirname, "..");
const run = promisify(execFile);

/** No step takes longer, the first download of its tools included. */
const stepMsMax = 300_000;

/** What every generated client has to print. */
export const expectedOutput = "CONFIRMED\ninsufficient_stock 10000\n";

/** A Holdfast with the demo catalogue, whose clients are made. */
export interface Server {
  readonly url: string;
  stop(): Promise<unknown>;
}

/** Serves Holdfast from a database in a folder. */
export async function serveHoldfast(folder: string): Promise<Server> {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  return await spawnNode({
    entry: "apps/standalone/src/main.ts",
    env: { PORT: String(port), DATABASE_URL: `file:${join(folder, "shop.db")}`, DEMO_CATALOGUE: "on", API_KEYS: "" },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
}

/**
 * Makes a client from a server's document with one generator, builds it, and lets it place and confirm an order.
 *
 * @returns what it printed
 * @throws with a step's output where that fails
 */
export async function tryGenerator(name: GeneratorName, { url }: Pick<Server, "url">): Promise<string> {
  const { programs, build, run: start } = generators[name];
  const folder = join(home, ".generated", name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const program of programs) await copyFile(join(home, "programs", program), join(folder, program));
  const document = join(folder, "openapi.json");
  await writeFile(document, await (await fetch(`${url}/openapi.json`)).text());
  const perform = async (step: Step) => {
    const [command = "", ...parameters] = step.map((part) =>
      part.replace("{document}", document).replace("{url}", url),
    );
    return await run(command, parameters, { cwd: folder, timeout: stepMsMax, maxBuffer: 64 * 1_048_576 });
  };
  for (const step of build) await perform(step);
  return (await perform(start)).stdout;
}
