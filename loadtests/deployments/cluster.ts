import { freePort, spawnNode } from "@holdfast/test-services";
import { type Deployment, loadKey, quiet, withLoadKey } from "./deployment.ts";

export interface ClusterParts {
  /** The URL of a MongoDB, with the name of an unused database. */
  readonly mongoUrl: string;
  /** A Redis, or a database number of one, that no other deployment uses, since they would take each other's wake-ups. */
  readonly redisUrl: string;
  readonly apis: number;
  /** Serve without a key, instead of with the load tests' key. */
  readonly keyless?: boolean;
  /** Environment variables of all its processes. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts API processes and one worker on MongoDB and Redis. The servers belong to the caller. */
export async function startCluster(parts: ClusterParts): Promise<Deployment> {
  const { mongoUrl, redisUrl, apis, keyless = false } = parts;
  const env = { ...quiet, DATABASE_URL: mongoUrl, REDIS_URL: redisUrl, ...parts.env };
  const worker = await spawnNode({
    entry: "apps/worker/src/main.ts",
    // The line "worker ready" has this level.
    env: { ...env, LOG_LEVEL: "info" },
    readyLine: "worker ready",
  });
  const started = await Promise.allSettled(
    Array.from({ length: apis }, () => startApi({ ...env, ...(!keyless && withLoadKey) })),
  );
  const running = started.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  const stop = async () => {
    // Stop the APIs first, so that no new requests come in.
    await Promise.all(running.map((api) => api.stop()));
    await worker.stop();
  };
  const failed = started.find((start) => start.status === "rejected");
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return { urls: running.map(({ url }) => url), ...(!keyless && { apiKey: loadKey }), stop };
}

async function startApi(env: Readonly<Record<string, string>>) {
  const port = await freePort();
  return spawnNode({
    entry: "apps/api/src/main.ts",
    env: { ...env, PORT: String(port), HOST: "127.0.0.1" },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
}

/** The URL of a database of this name on a MongoDB. */
export function withDatabase(mongoUrl: string, name: string): string {
  const url = new URL(mongoUrl);
  url.pathname = `/${name}`;
  return url.href;
}
