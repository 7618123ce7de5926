import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mongoIsPrimary } from "./mongo-ping.ts";
import { MONGO_IMAGE } from "./pins.ts";
import type { Server, ServerKind, ServerOptions } from "./server.ts";
import { startServer } from "./start-server.ts";

/** A MongoDB replica set of one member. */
export type MongoService = Server;

const mongo: ServerKind = {
  name: "mongo",
  isReady: mongoIsPrimary,
  local: {
    url: ({ host, port }) => `mongodb://${host}:${port}/?replicaSet=secantus`,
    async command({ python, secantusScript }, port, dataFolder) {
      // Without a file of its own it looks for one in the home folder and in /etc.
      const config = join(dataFolder, "secantusd.toml");
      await writeFile(config, "");
      const options = {
        "--config": config,
        "--host": "127.0.0.1",
        "--port": String(port),
        "--storage-path": join(dataFolder, "data"),
        "--cache-size": "256M",
        // MongoDB's own period. A quiet change stream loses its place without it.
        "--noop-heartbeat-seconds": "10",
        "--log-level": "WARNING",
      };
      // By default a commit that was acknowledged with writeConcern majority may be lost in a kill -9; MongoDB keeps it.
      return [python, secantusScript, ...Object.entries(options).flat(), "--sync-on-commit", "--enable-test-commands"];
    },
  },
  docker: {
    // The member calls itself by a name that only the container knows, so drivers must not follow it.
    url: ({ host, port }) => `mongodb://${host}:${port}/?directConnection=true`,
    containerPort: 27017,
    dataFolder: "/data/db",
    async container() {
      const { MongoDBContainer } = await import("@testcontainers/mongodb");
      // The class sets the command itself when it starts; failpoints need one option more.
      class MongoDBWithTestCommands extends MongoDBContainer {
        override withCommand(command: string[]): this {
          return super.withCommand([...command, "--setParameter", "enableTestCommands=1"]);
        }
      }
      // A fixed host name: the replica set remembers it with its data, and must find itself again in a new container.
      return new MongoDBWithTestCommands(MONGO_IMAGE).withHostname("holdfast-mongo");
    },
  },
};

/**
 * Starts a MongoDB that belongs to the caller, who may kill, pause and restart it. Never the one of TEST_MONGODB_URL, which
 * is somebody else's: tests that only need a database take `inject('mongoUrl')`.
 *
 * @throws with one line that says what to install, or with the end of the server's log
 * @example const mongo = await startMongo(); await mongo.kill(); await mongo.restart();
 */
export function startMongo(options: ServerOptions = {}): Promise<MongoService> {
  return startServer(mongo, options);
}
