import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { ChaosCluster, RestartableApp } from "./chaos-cluster.ts";

/** One way to break a cluster. It is whole again when `make` settles. */
export interface Trouble {
  readonly name: string;
  readonly make: (cluster: ChaosCluster) => Promise<void>;
}

const frozenMs = 3_000;
/** Longer than any time-out on the way to Redis. */
const redisFrozenMs = 15_000;
const downMs = 1_000;

/** Every crash of design: processes killed, servers killed, frozen and emptied, and all of it at once. */
export const troubles: readonly Trouble[] = [
  { name: "kill -9 the first API", make: ({ apis: [api] }) => killAndStart(api) },
  { name: "kill -9 both APIs", make: async ({ apis }) => void (await Promise.all(apis.map(killAndStart))) },
  { name: "kill -9 the worker", make: ({ worker }) => killAndStart(worker) },
  { name: "kill -9 MongoDB", make: ({ mongo }) => killAndRestart(mongo) },
  { name: "freeze MongoDB", make: ({ mongo }) => freeze(mongo, frozenMs) },
  { name: "kill -9 Redis", make: ({ redis }) => killAndRestart(redis) },
  { name: "FLUSHALL", make: ({ redis }) => flush(redis.url) },
  { name: "freeze Redis for 15 s", make: ({ redis }) => freeze(redis, redisFrozenMs) },
  {
    name: "kill -9 everything",
    make: async ({ mongo, redis, apis, worker }) => {
      await Promise.all([mongo.kill(), redis.kill(), worker.kill(), ...apis.map((api) => api.kill())]);
      await Promise.all([mongo.restart(), redis.restart()]);
      await Promise.all([worker.start(), ...apis.map((api) => api.start())]);
    },
  },
];

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

/** Empties Redis: every cached hold, every wake-up, every job. */
function flush(redisUrl: string): Promise<void> {
  const { hostname, port } = new URL(redisUrl);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write("FLUSHALL\r\n"));
    socket.once("data", () => resolve(void socket.end()));
    socket.once("error", reject);
  });
}
