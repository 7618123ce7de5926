import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { chooseProvider, SERVICE_VARIABLES } from "./choose-provider.ts";
import { freePort } from "./free-port.ts";
import { OwnedProcess } from "./owned-process.ts";
import { POSTGRES_IMAGE } from "./pins.ts";
import { probeMachine } from "./probe-machine.ts";
import { postgresPrograms } from "./python-wheels.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

/** A PostgreSQL with its default settings: `fsync` and `synchronous_commit` are on. */
export interface PostgresService {
  readonly url: string;
  stop(): Promise<void>;
}

const user = "holdfast";
const startMsMax = 30_000;

/** PostgreSQL refuses to run as root, so it then runs as the user without rights that every system has. */
const unprivileged = 65_534;
const isRoot = process.getuid?.() === 0;

/** The one that TEST_POSTGRES_URL names, else one in Docker, else one from the Python wheels. */
export async function startPostgres(): Promise<PostgresService> {
  const choice = chooseProvider(process.env, await probeMachine(), "postgres");
  if (!choice.ok) throw new Error(`PostgreSQL: ${choice.failure}, or set ${SERVICE_VARIABLES.postgres}`);
  switch (choice.provider) {
    case "environment":
      return { url: process.env[SERVICE_VARIABLES.postgres] ?? "", stop: async () => {} };
    case "docker":
      return await startInDocker();
    case "python":
      return await startLocally();
  }
}

async function startInDocker(): Promise<PostgresService> {
  const { GenericContainer, Wait } = await import("testcontainers");
  const environment = { POSTGRES_USER: user, POSTGRES_DB: "postgres", POSTGRES_HOST_AUTH_METHOD: "trust" };
  const container = await new GenericContainer(POSTGRES_IMAGE)
    .withEnvironment(environment)
    .withExposedPorts(5432)
    .withHealthCheck({ test: ["CMD", "pg_isready", "-h", "127.0.0.1"], interval: 250, timeout: 1_000, retries: 200 })
    .withWaitStrategy(Wait.forHealthCheck())
    .start();
  return {
    url: `postgres://${user}@${container.getHost()}:${container.getMappedPort(5432)}/postgres`,
    stop: async () => void (await container.stop()),
  };
}

/** On a free port of loopback, with a new database. */
async function startLocally(): Promise<PostgresService> {
  const programs = await postgresPrograms();
  const folder = await mkdtemp(join(tmpdir(), "holdfast-postgres-"));
  if (isRoot) await chown(folder, unprivileged, unprivileged);
  const data = join(folder, "data");
  const made = await start(
    folder,
    join(programs, "initdb"),
    "-D",
    data,
    "-U",
    user,
    "-A",
    "trust",
    "--locale=C",
    "-E",
    "UTF8",
  );
  if ((await made.exited) !== 0) throw new Error(`PostgreSQL made no database:\n${made.logs().slice(-2_000)}`);
  const port = await freePort();
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories="].flatMap((setting) => ["-c", setting]);
  const server = await start(folder, join(programs, "postgres"), "-D", data, "-p", String(port), ...settings);
  await waitUntilReady({
    name: "PostgreSQL",
    msMax: startMsMax,
    isReady: async () =>
      (await (await start(folder, join(programs, "pg_isready"), "-h", "127.0.0.1", "-p", String(port))).exited) === 0,
    isAlive: () => server.running,
    logs: () => server.logs(),
  });
  return {
    url: `postgres://${user}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function start(cwd: string, command: string, ...parameters: string[]): Promise<OwnedProcess> {
  const asNobody = ["setpriv", `--reuid=${unprivileged}`, `--regid=${unprivileged}`, "--clear-groups"];
  const [first = "", ...rest] = [...(isRoot ? asNobody : []), command, ...parameters];
  return OwnedProcess.start({
    command: first,
    arguments: rest,
    cwd,
    env: { PATH: process.env["PATH"], TMPDIR: tmpdir() },
  });
}
