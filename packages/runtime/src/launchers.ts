import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import process from "node:process";

/** A running process, as far as this file needs to know it. */
export interface ProcessFacts {
  readonly parent: number;
  /** Its command line. */
  readonly command: string;
}

type Look = (pid: number) => ProcessFacts | undefined;

/** Package managers stop at a signal and leave what they have started: `npm` its shell, and the shell everything below it. */
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
 * The processes between this one and the shell or program that ran the command: the package managers and the shells that they started, up to the
 * outermost manager. None where no package manager started this process.
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

/** Between two looks at the processes that started this one. */
const lookEveryMs = 300;

/** Calls back once, when one of the launchers has gone. `npx` dies of a signal without passing it on. */
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

/** Ends this process when one of its launchers has gone: for programs that have nothing to drain. */
export function endWithLaunchers(): void {
  onLauncherGone(() => process.exit(1));
}

/** What is known of a process; `undefined` where there is none, or where the system does not tell. */
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
  // The name in brackets may hold anything; what is behind it are plain fields: state, parent.
  const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // It has ended, and only its entry is still there.
  if (state === "Z" || state === "X") return undefined;
  return { parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() };
}
