import { type Address, askSocket } from "./ask-socket.ts";
import { REDIS_IMAGE } from "./pins.ts";
import type { Server, ServerKind, ServerOptions } from "./server.ts";
import { startServer } from "./start-server.ts";

/** A Redis, or Valkey, with an append-only file. */
export type RedisService = Server;

const CONFIGURATION = [
  // BullMQ accepts no other policy: an evicted key is a lost job.
  ...["--maxmemory-policy", "noeviction"],
  // Sync every write before answering it, so that it survives `kill` and `restart`.
  ...["--appendonly", "yes"],
  ...["--save", ""],
];

const redis: ServerKind = {
  name: "redis",
  isReady: redisAnswers,
  local: {
    url: ({ host, port }) => `redis://${host}:${port}`,
    async command({ valkeyServer }, port, dataFolder) {
      return [valkeyServer, "--bind", "127.0.0.1", "--port", String(port), "--dir", dataFolder, ...CONFIGURATION];
    },
  },
  docker: {
    url: ({ host, port }) => `redis://${host}:${port}`,
    containerPort: 6379,
    dataFolder: "/data",
    async container() {
      const { GenericContainer } = await import("testcontainers");
      return new GenericContainer(REDIS_IMAGE).withCommand(["redis-server", ...CONFIGURATION]);
    },
  },
};

/**
 * Starts a Redis of the caller's own, to kill, pause and restart. Ignores TEST_REDIS_URL, since that server is shared. Tests that only
 * need a Redis use `inject('redisUrl')`.
 *
 * @throws with one line that says what to install, or with the end of the server's log
 */
export function startRedis(options: ServerOptions = {}): Promise<RedisService> {
  return startServer(redis, options);
}

/** Whether the Redis at this address answers PING. False while it loads its data. */
export function redisAnswers(address: Address): Promise<boolean> {
  return askSocket(address, Buffer.from("PING\r\n"), (received) => {
    const end = received.indexOf("\r\n");
    return end < 0 ? undefined : received.toString("latin1", 0, end) === "+PONG";
  });
}
