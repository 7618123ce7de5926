import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { guard, release } from "./watchdog.ts";

/** Enough to see why something failed; a server that logs for hours must not fill the memory. */
const LOG_CHARS_MAX = 1_000_000;

export interface OwnedProcessOptions {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
  /** The whole environment of the process, not an addition to ours. */
  readonly env: NodeJS.ProcessEnv;
  /** Sees every piece of output as it comes. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

/** A child process that never outlives this one, with its output kept. It leads a process group, so its children go with it. */
export class OwnedProcess {
  readonly pid: number;
  /** Settles when the process is gone, with its exit code; null when a signal ended it. */
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
    // 'close', not 'exit': by then all its output has been read.
    this.exited = once(child, "close").then(([code]: (number | null)[]) => {
      this.#running = false;
      release({ group: pid });
      return code ?? null;
    });
  }

  /** Fails when the program cannot be started at all; whether it works is for the caller to find out. */
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

  /** The output so far, standard output and error mixed, the last million characters of it. */
  logs(): string {
    return this.#logs;
  }

  /** Signals the process alone (SIGTERM is its own affair), or with all its children. Nothing happens when it is gone. */
  signal(name: NodeJS.Signals, whom: "process" | "group"): void {
    if (!this.#running) return;
    if (whom === "process") {
      this.#child.kill(name);
      return;
    }
    try {
      process.kill(-this.pid, name);
    } catch {
      // It ended in this very moment, and its group with it.
    }
  }

  /** SIGKILL to the whole group; settles when it is gone. */
  async kill(): Promise<void> {
    this.signal("SIGKILL", "group");
    await this.exited;
  }

  /** SIGTERM, then a wait. False when it was still there after `msMax` and had to be killed. */
  async stop(msMax: number): Promise<boolean> {
    // A paused process takes no signal but SIGKILL.
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
