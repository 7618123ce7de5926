import { resolve } from "node:path";
import { OwnedProcess } from "./owned-process.ts";
import { REPOSITORY_FOLDER } from "./services-folder.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

const READY_MS_MAX = 30_000;

/** Longer than our own apps give themselves to drain. */
const STOP_MS_MAX = 20_000;

const READY_ANSWER_MS_MAX = 2_000;

interface NodeAppOptions {
  /** The file to run; relative to the root of the repository, or absolute. */
  readonly entry: string;
  readonly arguments?: readonly string[];
  /** On top of the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** File descriptors that it may have open; as many as this process unless set. */
  readonly openFilesMax?: number;
  /** Sees every piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** Ready when a GET of this URL answers 2xx. */
interface ReadyByUrl {
  readonly readyUrl: string;
}

/** Ready when the output holds this text. */
interface ReadyByLine {
  readonly readyLine: string;
}

/** One of our own apps, running as its own process. */
export interface NodeApp {
  readonly pid: number;
  /** Settles when it is gone, however it went: the exit code, or null after a signal. */
  readonly exited: Promise<number | null>;
  /** SIGTERM, then waits for its end and gives the exit code. Rejects, after a SIGKILL, when it takes longer than 20 s. */
  stop(): Promise<number | null>;
  /** SIGKILL, as in a crash. */
  kill(): Promise<void>;
  /** Its output so far. */
  logs(): string;
}

/** An app that listens: `url` is the origin of its `readyUrl`. */
export interface NodeServerApp extends NodeApp {
  readonly url: string;
}

/**
 * Starts one of our apps with this very Node, and waits until it is ready (30 s at most). It never outlives this process.
 *
 * @throws with the end of its output, when it ends or is not ready in time
 * @example
 * const port = await freePort();
 * const api = await spawnNode({
 *   entry: 'apps/api/src/main.ts',
 *   env: { PORT: String(port), DATABASE_URL: mongoUrl },
 *   readyUrl: `http://127.0.0.1:${port}/readyz`,
 * });
 */
export function spawnNode(options: NodeAppOptions & ReadyByUrl): Promise<NodeServerApp>;
export function spawnNode(options: NodeAppOptions & ReadyByLine): Promise<NodeApp>;
export async function spawnNode(options: NodeAppOptions & (ReadyByUrl | ReadyByLine)): Promise<NodeApp> {
  const entry = resolve(REPOSITORY_FOLDER, options.entry);
  const name = options.entry;
  const app = await OwnedProcess.start({
    ...limited([process.execPath, entry, ...(options.arguments ?? [])], options.openFilesMax),
    cwd: REPOSITORY_FOLDER,
    env: { ...process.env, ...options.env },
    onOutput: options.onOutput,
  });
  try {
    await waitUntilReady({
      name,
      msMax: READY_MS_MAX,
      isReady: () => ("readyUrl" in options ? answers(options.readyUrl) : app.logs().includes(options.readyLine)),
      isAlive: () => app.running,
      logs: () => app.logs(),
    });
  } catch (error) {
    await app.kill();
    throw error;
  }
  const running: NodeApp = {
    pid: app.pid,
    exited: app.exited,
    async stop() {
      if (!(await app.stop(STOP_MS_MAX))) {
        throw new Error(`${name} was still there ${STOP_MS_MAX / 1000} s after SIGTERM:\n${app.logs().slice(-2_000)}`);
      }
      return app.exited;
    },
    kill: () => app.kill(),
    logs: () => app.logs(),
  };
  if (!("readyUrl" in options)) return running;
  const server: NodeServerApp = { ...running, url: new URL(options.readyUrl).origin };
  return server;
}

/** A command, started by a shell that sets the limit where there is one. */
function limited([command = "", ...rest]: readonly string[], openFilesMax: number | undefined) {
  if (openFilesMax === undefined) return { command, arguments: rest };
  return { command: "/bin/sh", arguments: ["-c", `ulimit -n ${openFilesMax}; exec "$0" "$@"`, command, ...rest] };
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(READY_ANSWER_MS_MAX) });
  await response.body?.cancel();
  return response.ok;
}
