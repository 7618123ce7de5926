import type { TestContainer } from "testcontainers";
import type { Address } from "./ask-socket.ts";
import type { PythonWheels } from "./python-wheels.ts";

/**
 * A server that one test owns and may break in every way. Its URL and its data stay the same through all of it.
 */
export interface Server {
  /** The connection string. */
  readonly url: string;
  /** The process id while it runs on this machine; undefined when it is down, or runs in Docker. */
  readonly pid: number | undefined;
  /** Ends it and removes its data; started with `keepDataAs`, it ends in good order and the data stays. May be called twice. */
  stop(): Promise<void>;
  /** SIGKILL, as in a crash. What it had acknowledged is there again after `restart`. */
  kill(): Promise<void>;
  /** Ends it if it runs, then starts it on the same port and data; settles when it answers. */
  restart(): Promise<void>;
  /** Freezes it: connections stay open, and nothing answers. */
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
  /** True when it does its work, not just listens. */
  readonly isReady: (address: Address) => Promise<boolean>;
  readonly local: {
    readonly url: (address: Address) => string;
    /** Program and arguments. `dataFolder` exists. */
    readonly command: (wheels: PythonWheels, port: number, dataFolder: string) => Promise<readonly string[]>;
  };
  readonly docker: {
    readonly url: (address: Address) => string;
    readonly containerPort: number;
    /** The folder inside the container that a named volume must take the place of. */
    readonly dataFolder: string;
    /** Neither started nor told its host port. */
    readonly container: () => Promise<TestContainer>;
  };
}
