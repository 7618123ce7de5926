import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Address } from "./ask-socket.ts";
import { freePort } from "./free-port.ts";
import { OwnedProcess } from "./owned-process.ts";
import { pythonWheels } from "./python-wheels.ts";
import type { Server, ServerKind, ServerOptions } from "./server.ts";
import { makeRunFolder, SERVICES_FOLDER } from "./services-folder.ts";
import { waitUntilReady } from "./wait-until-ready.ts";
import { guard, release } from "./watchdog.ts";

const START_MS_MAX = 30_000;
const STOP_MS_MAX = 10_000;

/** How many ports to try before giving up. */
const PORT_TRIES_MAX = 5;

/** Starts a server from the Python wheels on a free port of loopback, and waits until it answers. */
export async function startLocalServer(kind: ServerKind, options: ServerOptions): Promise<Server> {
  const folder = await makeDataFolder(kind.name, options);
  const started = await startOnFreePort(kind, folder.path);
  const { address } = started;
  let server = started.process;

  return {
    url: kind.local.url(address),
    get pid() {
      return server.running ? server.pid : undefined;
    },
    async stop() {
      // The data is removed anyway, so do not wait the 2 s that the stand-in takes to close it.
      if (folder.kept) await server.stop(STOP_MS_MAX);
      else await server.kill();
      await folder.discard();
    },
    kill: () => server.kill(),
    async restart() {
      await server.stop(STOP_MS_MAX);
      server = await run(kind, address, folder.path);
    },
    async pause() {
      server.signal("SIGSTOP", "group");
    },
    async resume() {
      server.signal("SIGCONT", "group");
    },
  };
}

interface DataFolder {
  readonly path: string;
  readonly kept: boolean;
  readonly discard: () => Promise<void>;
}

async function makeDataFolder(name: string, { keepDataAs }: ServerOptions): Promise<DataFolder> {
  if (keepDataAs !== undefined) {
    const path = join(SERVICES_FOLDER, keepDataAs, name);
    await mkdir(path, { recursive: true });
    return { path, kept: true, discard: async () => {} };
  }
  const path = await makeRunFolder(name);
  guard({ folder: path });
  return {
    path,
    kept: false,
    async discard() {
      await rm(path, { recursive: true, force: true });
      release({ folder: path });
    },
  };
}

/** Tries another port if another process took the free one before the server could. */
async function startOnFreePort(
  kind: ServerKind,
  dataFolder: string,
): Promise<{ process: OwnedProcess; address: Address }> {
  for (let tries = 1; ; tries += 1) {
    const address: Address = { host: "127.0.0.1", port: await freePort() };
    try {
      return { process: await run(kind, address, dataFolder), address };
    } catch (error) {
      const taken = error instanceof Error && /address already in use/i.test(error.message);
      if (!taken || tries === PORT_TRIES_MAX) throw error;
    }
  }
}

async function run(kind: ServerKind, address: Address, dataFolder: string): Promise<OwnedProcess> {
  const [command = "", ...parameters] = await kind.local.command(await pythonWheels(), address.port, dataFolder);
  const server = await OwnedProcess.start({
    command,
    arguments: parameters,
    cwd: dataFolder,
    env: cleanEnvironment(),
  });
  try {
    await waitUntilReady({
      name: kind.name,
      msMax: START_MS_MAX,
      isReady: () => kind.isReady(address),
      isAlive: () => server.running,
      logs: () => server.logs(),
    });
  } catch (error) {
    await server.kill();
    throw error;
  }
  return server;
}

/** Only the variables that every program needs: a PYTHONPATH, for example, must not affect the server. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], HOME: process.env["HOME"], TMPDIR: tmpdir(), PYTHONUNBUFFERED: "1" };
}
