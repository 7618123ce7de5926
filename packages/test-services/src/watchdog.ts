import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { join } from "node:path";

/** A process group to kill or a folder to remove when this process has ended. */
export type Guarded = { readonly group: number } | { readonly folder: string };

/** One line of the pipe to watchdog-process.ts. */
export type WatchdogOrder = { readonly guard: Guarded } | { readonly release: Guarded };

let watchdog: ChildProcess | undefined;

/**
 * Makes sure that a process group is killed, or a folder removed, when this process ends, even by SIGKILL. A small separate process holds
 * the other end of a pipe, which closes when this process ends.
 */
export function guard(guarded: Guarded): void {
  send({ guard: guarded });
}

/** Undoes `guard`, for what has gone by itself. */
export function release(guarded: Guarded): void {
  send({ release: guarded });
}

function send(order: WatchdogOrder): void {
  watchdog ??= startWatchdog();
  watchdog.stdin?.write(`${JSON.stringify(order)}\n`);
}

function startWatchdog(): ChildProcess {
  // Detached: Ctrl-C in the terminal does not reach another process group.
  const child = spawn(process.execPath, [join(import.meta.dirname, "watchdog-process.ts")], {
    detached: true,
    stdio: ["pipe", "ignore", "inherit"],
  });
  // Neither the process nor its pipe may keep this process alive. The pipe of a child is a Socket, though typed as a Writable.
  child.unref();
  (child.stdin as Socket).unref();
  return child;
}
