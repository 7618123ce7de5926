import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { ChaosCluster } from "./chaos-cluster.ts";
import type { RestartableApp } from "./restartable-app.ts";

/** One way to break a deployment. When `make` resolves, it works again. */
export interface Trouble {
  readonly name: string;
  readonly make: () => Promise<void>;
}

const frozenMs = 3_000;
const downMs = 1_000;

/** Longer than any timeout on the way to Redis. */
const redisFrozenMsMax = 15_000;

/** Kills processes and servers, freezes and empties servers, and does all of it at once. */
export function clusterTroubles(
  { mongo, redis, apis, worker }: ChaosCluster,
  redisFrozenMs = redisFrozenMsMax,
): Trouble[] {
  return [
    { name: "kill -9 the first API", make: () => killAndStart(apis[0]) },
    { name: "kill -9 both APIs", make: async () => void (await Promise.all(apis.map(killAndStart))) },
    { name: "kill -9 the worker", make: () => killAndStart(worker) },
    { name: "kill -9 MongoDB", make: () => killAndRestart(mongo) },
    { name: "freeze MongoDB", make: () => freeze(mongo, frozenMs) },
    { name: "kill -9 Redis", make: () => killAndRestart(redis) },
    { name: "FLUSHALL", make: () => flush(redis.url) },
    { name: `freeze Redis for ${redisFrozenMs / 1_000} s`, make: () => freeze(redis, redisFrozenMs) },
    {
      name: "kill -9 everything",
      make: async () => {
        await Promise.all([mongo.kill(), redis.kill(), worker.kill(), ...apis.map((api) => api.kill())]);
        await Promise.all([mongo.restart(), redis.restart()]);
        await Promise.all([worker.start(), ...apis.map((api) => api.start())]);
      },
    },
  ];
}

/** Kills a standalone this many times. */
export function standaloneTroubles(standalone: RestartableApp, count: number): Trouble[] {
  return Array.from({ length: count }, (_, n) => ({
    name: `kill -9 the standalone, ${n + 1} of ${count}`,
    make: () => killAndStart(standalone),
  }));
}

async function killAndStart(app: RestartableApp | undefined): Promise<void> {
  await app?.kill();
  await app?.start();
}

async function killAndRestart(server: ChaosCluster["mongo"] | ChaosCluster["redis"]): Promise<void> {
  await server.kill();
  await wait(downMs);
  await server.restart();
}

async function freeze(server: ChaosCluster["mongo"] | ChaosCluster["redis"], ms: number): Promise<void> {
  await server.pause();
  await wait(ms);
  await server.resume();
}

/** Empties Redis: all cached reservations, wake-ups and jobs. */
function flush(redisUrl: string): Promise<void> {
  const { hostname, port } = new URL(redisUrl);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write("FLUSHALL\r\n"));
    socket.once("data", () => resolve(void socket.end()));
    socket.once("error", reject);
  });
}
