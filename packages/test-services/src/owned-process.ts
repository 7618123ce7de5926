import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { guard, release } from "./watchdog.ts";

/** How much output to keep: enough to see why something failed, and little enough for a server that logs for hours. */
const LOG_CHARS_MAX = 1_000_000;

export interface OwnedProcessOptions {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
  /** The whole environment of the process, not an addition to ours. */
  readonly env: NodeJS.ProcessEnv;
  /** Called with every piece of output as it comes. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

/** A child process that never outlives this one. Its output is kept. It leads a process group, so that its children end with it. */
export class OwnedProcess {
  readonly pid: number;
  /** Resolves to the exit code when the process has ended; to null if a signal ended it. */
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  #running = true;
  #logs = "";

  private constructor(child: ChildProcess, pid: number, onOutput: OwnedProcessOptions["onOutput"]) {
    this.#child = child;
    this.pid = pid;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#logs = (this.#logs + text).slice(-LOG_CHARS_MAX);
        onOutput?.(text);
      });
    }
    // 'close' comes when all output has been read; 'exit' may come before.
    this.exited = once(child, "close").then(([code]: (number | null)[]) => {
      this.#running = false;
      release({ group: pid });
      return code ?? null;
    });
  }

  /** Rejects if the program cannot be started at all. Whether it works is for the caller to find out. */
  static async start(options: OwnedProcessOptions): Promise<OwnedProcess> {
    const child = spawn(options.command, options.arguments, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (child.pid === undefined) {
      const [cause] = await once(child, "error");
      throw new Error(`cannot start ${options.command}`, { cause });
    }
    guard({ group: child.pid });
    return new OwnedProcess(child, child.pid, options.onOutput);
  }

  get running(): boolean {
    return this.#running;
  }

  /** The last million characters of standard output and standard error, mixed. */
  logs(): string {
    return this.#logs;
  }

  /** Signals the process alone, or its whole group. Does nothing if it has ended. */
  signal(name: NodeJS.Signals, whom: "process" | "group"): void {
    if (!this.#running) return;
    if (whom === "process") {
      this.#child.kill(name);
      return;
    }
    try {
      process.kill(-this.pid, name);
    } catch {
      // It has just ended, and its group with it.
    }
  }

  /** Kills the whole group with SIGKILL. Resolves when it has ended. */
  async kill(): Promise<void> {
    this.signal("SIGKILL", "group");
    await this.exited;
  }

  /** Sends SIGTERM and waits. False if it still ran after `msMax` and had to be killed. */
  async stop(msMax: number): Promise<boolean> {
    // A paused process reacts to SIGKILL only.
    this.signal("SIGCONT", "group");
    this.signal("SIGTERM", "process");
    const timer = Promise.withResolvers<"late">();
    const handle = setTimeout(timer.resolve, msMax, "late");
    const end = await Promise.race([this.exited, timer.promise]);
    clearTimeout(handle);
    if (end !== "late") return true;
    await this.kill();
    return false;
  }
}
