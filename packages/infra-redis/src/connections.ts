import { Redis, type RedisOptions } from "ioredis";

/** Retries soon and for ever: hints are useless when late, and a try costs nothing. */
function retryStrategy(attempt: number): number {
  return Math.min(attempt * 100, 1_000);
}

const lasting = {
  retryStrategy,
  // After a failover the old primary still answers but refuses writes: reconnect to find the new one.
  reconnectOnError: (error: Error) => error.message.startsWith("READONLY"),
  // A Redis that still loads its file answers every command with an error: wait until it is done.
  enableReadyCheck: true,
  // A host that vanished silently must not delay the next attempt by the usual 10 s.
  connectTimeout: 2_000,
} satisfies RedisOptions;

/**
 * The connection for notes, look-ups and arming. It drops what cannot be sent now, so that nothing piles up in memory while Redis is
 * away, frozen or slow.
 */
export function hintConnection(url: string): Redis {
  return new Redis(url, {
    ...lasting,
    connectionName: "holdfast-hints",
    // Not connected: fail at once. A queue would grow for as long as Redis is away.
    enableOfflineQueue: false,
    // A note sent again after a reconnect would come behind newer ones.
    autoResendUnfulfilledCommands: false,
    // Commands under way fail when the connection breaks.
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

/** Two connections of one BullMQ worker: the worker duplicates the first to wait for jobs on the second. */
export interface ListenerConnections {
  readonly redis: Redis;
  /** Drops both at once, also while they still connect. */
  disconnect(): void;
}

/** The connections for listening. They wait for Redis to come back. */
export function listenerConnections(url: string): ListenerConnections {
  const redis = new Redis(url, {
    ...lasting,
    connectionName: "holdfast-listener",
    // BullMQ demands this. A worker's few commands wait until Redis is back.
    maxRetriesPerRequest: null,
    enableOfflineQueue: true,
    // No commandTimeout: waiting for a job is one command that takes up to 10 s. A connection on which nothing comes
    // for longer than that is dead.
    socketTimeout: 15_000,
  });
  // BullMQ keeps its copy private, and waits for Redis before it closes it.
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
