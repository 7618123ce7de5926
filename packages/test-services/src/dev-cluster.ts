import { freePort } from "./free-port.ts";
import { startMongo } from "./mongo.ts";
import { startRedis } from "./redis.ts";
import { spawnNode } from "./spawn-node.ts";

// `pnpm dev:cluster`: MongoDB, Redis, one worker and one API on this machine. Data stays between runs: in
// .services/cluster, or with Docker in the volumes holdfast-cluster-mongo and holdfast-cluster-redis.

const host = process.env["HOST"] ?? "127.0.0.1";
const port = process.env["PORT"] ?? "3000";
const api = `http://${host}:${port}`;

const signalled = firstSignal();
const started: { stop(): Promise<unknown> }[] = [];

try {
  const mongo = keep(await startMongo({ keepDataAs: "cluster" }));
  const redis = keep(await startRedis({ keepDataAs: "cluster" }));
  const databaseUrl = withDatabase(mongo.url, "holdfast");
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, HOST: host, PORT: port };
  const onOutput = (text: string) => process.stdout.write(text);
  // Its own port, and not a line of its log: LOG_LEVEL is the developer's to set.
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
  const reason = await Promise.race([signalled, ...ended]);
  console.log(`\ndev:cluster stops: ${reason}`);
  if (reason !== "SIGINT" && reason !== "SIGTERM") process.exitCode = 1;
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

/** The children do not hear Ctrl-C themselves, so the order is ours. A second one does not wait: the watchdog ends what is left. */
function firstSignal(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let count = 0;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      count += 1;
      if (count > 1) process.exit(1);
      resolve(signal);
    });
  }
  return promise;
}
