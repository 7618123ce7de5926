import type { TestContainer } from "testcontainers";
import type { Address } from "./ask-socket.ts";
import type { PythonWheels } from "./python-wheels.ts";

/**
 * A server that one test owns and may break. Its URL and its data stay the same throughout.
 */
export interface Server {
  /** The connection string. */
  readonly url: string;
  /** The process id while it runs on this machine. Undefined while it is down, and in Docker. */
  readonly pid: number | undefined;
  /** Stops it and removes its data. With `keepDataAs` it shuts down cleanly and keeps the data. May be called twice. */
  stop(): Promise<void>;
  /** Kills it with SIGKILL, as a crash would. What it has acknowledged is there again after `restart`. */
  kill(): Promise<void>;
  /** Stops it if it runs, and starts it on the same port and data. Resolves when it answers. */
  restart(): Promise<void>;
  /** Freezes it: connections stay open, and it does not answer. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

export interface ServerOptions {
  /** Keeps the data under this name when the server stops, for the next start with the same name. */
  readonly keepDataAs?: string;
}

/** One kind of server, and how each provider runs it. */
export interface ServerKind {
  readonly name: "mongo" | "redis";
  /** Whether it works, and does not merely listen. */
  readonly isReady: (address: Address) => Promise<boolean>;
  readonly local: {
    readonly url: (address: Address) => string;
    /** Program and arguments. `dataFolder` exists. */
    readonly command: (wheels: PythonWheels, port: number, dataFolder: string) => Promise<readonly string[]>;
  };
  readonly docker: {
    readonly url: (address: Address) => string;
    readonly containerPort: number;
    /** The folder inside the container where a named volume is mounted. */
    readonly dataFolder: string;
    /** The container before it is started, without its host port. */
    readonly container: () => Promise<TestContainer>;
  };
}
