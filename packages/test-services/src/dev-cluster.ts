import { once } from "node:events";
import { stopSignal } from "@holdfast/runtime";
import { freePort } from "./free-port.ts";
import { startMongo } from "./mongo.ts";
import { startRedis } from "./redis.ts";
import { spawnNode } from "./spawn-node.ts";

// `pnpm dev:cluster`: MongoDB, Redis, one worker and one API on this machine. Data stays between runs: in
// .services/cluster, or with Docker in the volumes holdfast-cluster-mongo and holdfast-cluster-redis.

const host = process.env["HOST"] ?? "127.0.0.1";
const port = process.env["PORT"] ?? "3000";
const api = `http://${host}:${port}`;

/** The API drains, then the worker, and then the servers stop. */
const stopMsMax = 60_000;

// Ctrl-C does not reach the children, so this process chooses the order. If a second Ctrl-C ends it, the watchdog ends the rest.
const tell = (cause: object, message: string) =>
  console.log(`\ndev:cluster: ${message} (${Object.values(cause).join()})`);
const stop = stopSignal({ info: tell, error: tell }, stopMsMax);
const signalled = once(stop, "abort").then(() => undefined);
const started: { stop(): Promise<unknown> }[] = [];

try {
  const mongo = keep(await startMongo({ keepDataAs: "cluster" }));
  const redis = keep(await startRedis({ keepDataAs: "cluster" }));
  const databaseUrl = withDatabase(mongo.url, "holdfast");
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, HOST: host, PORT: port };
  const onOutput = (text: string) => process.stdout.write(text);
  // Wait for its health port and not for a log line, since the developer may set LOG_LEVEL.
  const healthPort = String(await freePort());
  const worker = await spawnNode({
    entry: "apps/worker/src/main.ts",
    env: { ...env, HEALTH_PORT: healthPort },
    onOutput,
    readyUrl: `http://127.0.0.1:${healthPort}/readyz`,
  });
  const apps = {
    worker: keep(worker),
    api: keep(await spawnNode({ entry: "apps/api/src/main.ts", env, onOutput, readyUrl: `${api}/readyz` })),
  };
  console.log(
    `\nAPI      ${api}   (docs: ${api}/docs)\nMongoDB  ${databaseUrl}\nRedis    ${redis.url}\nCtrl-C stops all of it.\n`,
  );

  const ended = Object.entries(apps).map(([name, app]) =>
    app.exited.then((code) => `the ${name} ended by itself (${code})`),
  );
  const failure = await Promise.race([signalled, ...ended]);
  if (failure !== undefined) throw new Error(failure);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  // The API first, so that nothing new comes in; the database last.
  for (const part of started.toReversed()) await part.stop();
}

function keep<Part extends { stop(): Promise<unknown> }>(part: Part): Part {
  started.push(part);
  return part;
}

function withDatabase(url: string, name: string): string {
  const named = new URL(url);
  named.pathname = `/${name}`;
  return named.href;
}
