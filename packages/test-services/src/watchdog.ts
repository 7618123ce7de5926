import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { join } from "node:path";

/** What the watchdog must end or remove when this process is gone. */
export type Guarded = { readonly group: number } | { readonly folder: string };

/** One line of the pipe to watchdog-process.ts. */
export type WatchdogOrder = { readonly guard: Guarded } | { readonly release: Guarded };

let watchdog: ChildProcess | undefined;

/**
 * Promises that a process group is killed, or a folder removed, as soon as this process ends in whatever way, SIGKILL
 * included. A small process of its own holds the other end of a pipe; when the pipe closes, this process is gone.
 */
export function guard(guarded: Guarded): void {
  send({ guard: guarded });
}

/** Takes `guard` back, once the thing is gone anyway. */
export function release(guarded: Guarded): void {
  send({ release: guarded });
}

function send(order: WatchdogOrder): void {
  watchdog ??= startWatchdog();
  watchdog.stdin?.write(`${JSON.stringify(order)}\n`);
}

function startWatchdog(): ChildProcess {
  // Detached: in a process group of its own, where Ctrl-C in the terminal does not reach it.
  const child = spawn(process.execPath, [join(import.meta.dirname, "watchdog-process.ts")], {
    detached: true,
    stdio: ["pipe", "ignore", "inherit"],
  });
  // Neither the process nor its pipe may keep this one alive. A pipe of a child is a Socket, though typed as a Writable.
  child.unref();
  (child.stdin as Socket).unref();
  return child;
}
