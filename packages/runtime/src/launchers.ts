import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import process from "node:process";

/** What this file needs to know about a running process. */
export interface ProcessFacts {
  readonly parent: number;
  /** Its command line. */
  readonly command: string;
}

type Look = (pid: number) => ProcessFacts | undefined;

/** Package managers exit on a signal and leave their children running: `npm` leaves its shell, and the shell everything below it. */
const packageManager = /^(npm|npx|pnpm|pnpx|yarn|corepack|bun)$/;
const packageManagerScript = /(^|\/)(npm|npx|pnpm|pnpx|yarn|corepack)(-cli)?(\.[cm]?js)?$/;
const shell = /^-?(sh|bash|dash|ash|zsh)$/;

function managesPackages(command: string): boolean {
  const [program = "", script = ""] = command.split(/\s+/);
  const name = basename(program);
  return packageManager.test(name) || (/^node/.test(name) && packageManagerScript.test(script));
}

function runsOneLine(command: string): boolean {
  const [program = "", option = ""] = command.split(/\s+/);
  return shell.test(basename(program)) && option === "-c";
}

/**
 * The package managers that started this process, and the shells in between, from the nearest to the outermost manager. Empty if no
 * package manager started it.
 */
export function launchersOf(pid: number, look: Look = lookAt): number[] {
  const chain: number[] = [];
  let outermost = 0;
  for (let at = look(pid)?.parent; at !== undefined && at > 1; ) {
    const facts = look(at);
    if (facts === undefined) break;
    const manages = managesPackages(facts.command);
    if (!manages && !runsOneLine(facts.command)) break;
    chain.push(at);
    if (manages) outermost = chain.length;
    at = facts.parent;
  }
  return chain.slice(0, outermost);
}

/** How often to check that the launchers still run. */
const lookEveryMs = 300;

/** Calls `call` once, when a launcher has exited. Needed because `npx` dies of a signal without passing it on. */
export function onLauncherGone(call: (pid: number) => void): void {
  const launchers = launchersOf(process.pid);
  if (launchers.length === 0) return;
  const watch = setInterval(() => {
    const gone = launchers.find((pid) => lookAt(pid) === undefined);
    if (gone === undefined) return;
    clearInterval(watch);
    call(gone);
  }, lookEveryMs);
  watch.unref();
}

/** Exits when a launcher has exited. For programs that have nothing to drain. */
export function endWithLaunchers(): void {
  onLauncherGone(() => process.exit(1));
}

/** Looks a process up. `undefined` if it does not exist, or if this system does not say. */
function lookAt(pid: number): ProcessFacts | undefined {
  try {
    if (process.platform === "linux") return lookOnLinux(pid);
    if (process.platform === "win32") return undefined;
    const line = execFileSync("ps", ["-o", "ppid=,command=", "-p", String(pid)], { encoding: "utf8" }).trim();
    const [, parent, command = ""] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    return parent === undefined ? undefined : { parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

function lookOnLinux(pid: number): ProcessFacts | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name in brackets may contain anything, so begin behind it: state, parent.
  const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // A zombie: the process has ended, and its parent has not collected it yet.
  if (state === "Z" || state === "X") return undefined;
  return { parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() };
}
