import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { MachineProbe, PythonProbe } from "./choose-provider.ts";
import { PYTHON_MINOR_RANGE } from "./pins.ts";

const run = promisify(execFile);

/** A local daemon answers within milliseconds. One that hangs must not delay the test run. */
const DOCKER_ANSWER_MS_MAX = 5_000;

/** The plain name first, since that is the one the user chose; then newer ones that a distribution installs beside it. */
const PYTHON_COMMANDS = ["python3", "python3.13", "python3.12", "python3.11"] as const;

// Check for both: Debian ships `venv` without `ensurepip`, and then `python3 -m venv` fails half-way.
const PYTHON_QUESTION = `
import sys
print("%d.%d" % sys.version_info[:2])
try:
    import venv, ensurepip
    print("venv")
except ImportError:
    pass
`;

let probing: Promise<MachineProbe> | undefined;

/** Looks once per process for a Docker daemon and a Python 3 that can make virtual environments. Never throws. */
export function probeMachine(): Promise<MachineProbe> {
  probing ??= Promise.all([dockerAnswers(), findPython()]).then(([docker, python]) => ({
    docker,
    platform: process.platform,
    python,
  }));
  return probing;
}

/** Asks through testcontainers, which also handles DOCKER_HOST, rootless sockets and its own settings file. */
async function dockerAnswers(): Promise<boolean> {
  const { getContainerRuntimeClient } = await import("testcontainers");
  const answered = getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
  const { promise: gaveUp, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, DOCKER_ANSWER_MS_MAX, false);
  const result = await Promise.race([answered, gaveUp]);
  clearTimeout(timer);
  return result;
}

/** The first suitable Python, or the most useful thing to say about the unsuitable ones. */
async function findPython(): Promise<PythonProbe> {
  const found: PythonProbe[] = [];
  for (const command of PYTHON_COMMANDS) {
    const python = await askPython(command);
    if (python.state === "ready") return python;
    found.push(python);
  }
  return (
    found.find(({ state }) => state === "no-venv") ??
    found.find(({ state }) => state === "unsupported-version") ?? { state: "missing" }
  );
}

async function askPython(command: string): Promise<PythonProbe> {
  let answer: string;
  try {
    answer = (await run(command, ["-c", PYTHON_QUESTION])).stdout;
  } catch {
    return { state: "missing" };
  }
  const [version = "", venv] = answer.trim().split("\n");
  const [major, minor] = version.split(".").map(Number);
  const { first, last } = PYTHON_MINOR_RANGE;
  if (major !== 3 || minor === undefined || minor < first || minor > last)
    return { state: "unsupported-version", version };
  return venv === "venv" ? { state: "ready", command, version } : { state: "no-venv", version };
}
