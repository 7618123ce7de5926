import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort, OwnedProcess, schemathesisCommand, spawnNode } from "@holdfast/test-services";
import { type Finding, findingsOf } from "./schemathesis-findings.ts";

/** Streams have no end to wait for. `packages/fuzz` asks them, with its own requests, of a server that is stopping. */
const notAsked = "/stream$";

/** Longer than a call for events waits (`waitSecondsMax`). */
const answerSecondsMax = 60;

const key = "schemathesis-0123456789";

/** What a run made of it. */
export interface SchemathesisRun {
  /** How many requests were sent and their answers checked. */
  readonly asked: number;
  readonly findings: readonly Finding[];
  /** The last of what the program printed. */
  readonly output: string;
}

/**
 * Serves Holdfast from a database of its own, and lets Schemathesis ask it all that its document describes, with every check.
 *
 * @param options further options of `schemathesis run`: how many requests, and which
 * @throws where it does not come to its end
 */
export async function runSchemathesis(options: readonly string[]): Promise<SchemathesisRun> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-schemathesis-"));
  const server = await serve(folder);
  try {
    return await ask(server.url, folder, options);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function serve(folder: string) {
  const port = await freePort();
  await mkdir(join(folder, "database"));
  return await spawnNode({
    entry: "apps/standalone/src/main.ts",
    env: {
      PORT: String(port),
      DATABASE_URL: `file:${join(folder, "database/shop.db")}`,
      DEMO_CATALOGUE: "on",
      API_KEYS: `schemathesis=${key}`,
      LOG_LEVEL: "error",
    },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
}

async function ask(url: string, folder: string, options: readonly string[]): Promise<SchemathesisRun> {
  const [command, ...program] = await schemathesisCommand();
  const report = join(folder, "report.ndjson");
  const run = await OwnedProcess.start({
    command,
    arguments: [
      ...program,
      "run",
      `${url}/openapi.json`,
      ...["--checks", "all", "--continue-on-failure", "--exclude-path-regex", notAsked],
      ...["--header", `Authorization: Bearer ${key}`, "--request-timeout", String(answerSecondsMax)],
      ...["--report", "ndjson", "--report-ndjson-path", report, "--no-color"],
      ...options,
    ],
    // It keeps what it has found, and reads a configuration, in the folder that it runs in.
    cwd: folder,
    env: process.env,
  });
  // 1 says that it has found something, which may be listed.
  const code = await run.exited;
  const output = run.logs().slice(-4_000);
  if (code !== 0 && code !== 1) throw new Error(`Schemathesis ended with ${code}:\n${output}`);
  const findings: Finding[] = [];
  let asked = 0;
  let ended = false;
  for await (const line of createInterface({ input: createReadStream(report), crlfDelay: Number.POSITIVE_INFINITY })) {
    const event = JSON.parse(line) as Record<string, unknown>;
    if ("EngineFinished" in event) ended = true;
    const found = findingsOf(event);
    asked += found.asked;
    findings.push(...found.findings);
  }
  if (!ended) throw new Error(`Schemathesis did not come to its end:\n${output}`);
  return { asked, findings, output };
}
