import { Redis, type RedisOptions } from "ioredis";

/** Tries again soon and for ever: a hint that comes back late is worth nothing, and a try costs nothing. */
function retryStrategy(attempt: number): number {
  return Math.min(attempt * 100, 1_000);
}

const lasting = {
  retryStrategy,
  // After a failover the old primary still answers, and refuses every write: look for the new one.
  reconnectOnError: (error: Error) => error.message.startsWith("READONLY"),
  // A Redis that still loads its file answers every command with an error: wait until it is done.
  enableReadyCheck: true,
  // A host that is gone without a word must not hold up the next attempt for the usual 10 s.
  connectTimeout: 2_000,
} satisfies RedisOptions;

/**
 * The connection for notes, look-ups and arming: what cannot be done now is dropped, and nothing piles up in memory
 * while Redis is away, frozen or slow.
 */
export function hintConnection(url: string): Redis {
  return new Redis(url, {
    ...lasting,
    connectionName: "holdfast-hints",
    // Not connected: fail at once. A queue would grow for as long as Redis is away.
    enableOfflineQueue: false,
    // A note sent again after a reconnect would come behind newer ones.
    autoResendUnfulfilledCommands: false,
    // Whatever was under way when the connection broke fails with it.
    maxRetriesPerRequest: 0,
    // Also bounds the handshake. Look-ups have less patience, see the cache.
    commandTimeout: 1_000,
    // A frozen Redis keeps its connections open, and a command that timed out stays queued in the client until the
    // connection goes: this is what bounds memory then.
    socketTimeout: 2_000,
  });
}

/** The connection on which a process waits for its turn. Connects when it is first needed. */
export function turnConnection(url: string): Redis {
  return new Redis(url, {
    ...lasting,
    connectionName: "holdfast-turns",
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // Longer than any wait for a turn.
    socketTimeout: 5_000,
  });
}

/** Two connections of one BullMQ worker: the worker makes the second one, which waits for jobs, out of the first. */
export interface ListenerConnections {
  readonly redis: Redis;
  /** Drops both at once, also those that never came about. */
  disconnect(): void;
}

/** The connections for listening, which have nothing better to do than to wait for Redis to come back. */
export function listenerConnections(url: string): ListenerConnections {
  const redis = new Redis(url, {
    ...lasting,
    connectionName: "holdfast-listener",
    // BullMQ demands it: a worker's commands wait until Redis is back. There are never more than a few.
    maxRetriesPerRequest: null,
    enableOfflineQueue: true,
    // No commandTimeout: waiting for a job is one command that takes up to 10 s. A connection on which nothing comes
    // for longer than that is dead.
    socketTimeout: 15_000,
  });
  // BullMQ keeps its copy to itself, and waits for Redis before it lets go of it.
  const copies: Redis[] = [];
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (override) => {
    const copy = duplicate(override);
    copies.push(copy);
    return copy;
  };
  return {
    redis,
    disconnect() {
      for (const connection of [redis, ...copies]) connection.disconnect();
    },
  };
}
