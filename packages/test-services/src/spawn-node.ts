import { type ExecFileException, execFile } from "node:child_process";
import { resolve } from "node:path";
import { OwnedProcess } from "./owned-process.ts";
import { REPOSITORY_FOLDER } from "./services-folder.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

const READY_MS_MAX = 30_000;

/** Longer than our apps take to drain. */
const STOP_MS_MAX = 20_000;

const READY_ANSWER_MS_MAX = 2_000;

interface NodeAppOptions {
  /** The file to run; relative to the root of the repository, or absolute. */
  readonly entry: string;
  readonly arguments?: readonly string[];
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** The limit of open file descriptors; that of this process unless set. */
  readonly openFilesMax?: number;
  /** Called with every piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** Ready when a GET of this URL answers 2xx. */
interface ReadyByUrl {
  readonly readyUrl: string;
}

/** Ready when this text is in the output. */
interface ReadyByLine {
  readonly readyLine: string;
}

/** One of our own apps, running as its own process. */
export interface NodeApp {
  readonly pid: number;
  /** Resolves when it has ended: to the exit code, or to null after a signal. */
  readonly exited: Promise<number | null>;
  /** Sends SIGTERM, waits, and returns the exit code. After 20 s it sends SIGKILL and rejects. */
  stop(): Promise<number | null>;
  /** Kills it with SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** Its output so far. */
  logs(): string;
}

/** An app that listens: `url` is the origin of its `readyUrl`. */
export interface NodeServerApp extends NodeApp {
  readonly url: string;
}

/**
 * Starts one of our apps with the Node that runs this, and waits until it is ready, for at most 30 s. It never outlives this process.
 *
 * @throws with the end of its output, if it exits or is not ready in time
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

/** The command, through a shell that sets the limit if there is one. */
function limited([command = "", ...rest]: readonly string[], openFilesMax: number | undefined) {
  if (openFilesMax === undefined) return { command, arguments: rest };
  return { command: "/bin/sh", arguments: ["-c", `ulimit -n ${openFilesMax}; exec "$0" "$@"`, command, ...rest] };
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(READY_ANSWER_MS_MAX) });
  await response.body?.cancel();
  return response.ok;
}

/** The exit code and the output of a program that has ended. */
export interface EndedRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the repository on a database, as its own process, to its end. */
export function runNode(entry: string, databaseUrl: string, ...words: readonly string[]): Promise<EndedRun> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const ended = (error: ExecFileException | null, stdout: string, stderr: string) =>
      resolve({ code: Number(error?.code ?? 0), stdout: stdout.trim(), stderr: stderr.trim() });
    execFile(process.execPath, [entry, ...words], { cwd: REPOSITORY_FOLDER, env }, ended);
  });
}
