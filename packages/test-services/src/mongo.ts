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
      // Without this file it reads one from the home folder or from /etc.
      const config = join(dataFolder, "secantusd.toml");
      await writeFile(config, "");
      const options = {
        "--config": config,
        "--host": "127.0.0.1",
        "--port": String(port),
        "--storage-path": join(dataFolder, "data"),
        "--cache-size": "256M",
        // MongoDB's own default. Without it a quiet change stream loses its place.
        "--noop-heartbeat-seconds": "10",
        "--log-level": "WARNING",
      };
      // By default the stand-in may lose a commit with writeConcern majority in a kill -9. MongoDB does not.
      return [python, secantusScript, ...Object.entries(options).flat(), "--sync-on-commit", "--enable-test-commands"];
    },
  },
  docker: {
    // The member announces a name that only the container can resolve, so drivers must not follow it.
    url: ({ host, port }) => `mongodb://${host}:${port}/?directConnection=true`,
    containerPort: 27017,
    dataFolder: "/data/db",
    async container() {
      const { MongoDBContainer } = await import("@testcontainers/mongodb");
      // The container class sets the command when it starts. Failpoints need one more option.
      class MongoDBWithTestCommands extends MongoDBContainer {
        override withCommand(command: string[]): this {
          return super.withCommand([...command, "--setParameter", "enableTestCommands=1"]);
        }
      }
      // A fixed host name: the replica set stores it with its data, and must recognise itself in a new container.
      return new MongoDBWithTestCommands(MONGO_IMAGE).withHostname("holdfast-mongo");
    },
  },
};

/**
 * Starts a MongoDB of the caller's own, to kill, pause and restart. Ignores TEST_MONGODB_URL, since that server is shared. Tests that
 * only need a database use `inject('mongoUrl')`.
 *
 * @throws with one line that says what to install, or with the end of the server's log
 * @example const mongo = await startMongo(); await mongo.kill(); await mongo.restart();
 */
export function startMongo(options: ServerOptions = {}): Promise<MongoService> {
  return startServer(mongo, options);
}
