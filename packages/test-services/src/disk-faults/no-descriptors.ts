import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

/**
 * Keeps a running process from opening more files and connections, until the returned function is called. Those that are open still
 * work. Linux only.
 */
export async function leaveNoDescriptor(pid: number): Promise<() => Promise<void>> {
  const limits = readFileSync(`/proc/${pid}/limits`, "utf8");
  const before = /^Max open files\s+(\d+|unlimited)/m.exec(limits)?.[1] ?? "unlimited";
  await limit(pid, "3");
  return () => limit(pid, before);
}

async function limit(pid: number, openFiles: string): Promise<void> {
  const words = ["--pid", `${pid}`, `--nofile=${openFiles}:`];
  await promisify(execFile)("prlimit", words).catch((cause: unknown) => {
    throw new Error("a process without descriptors needs `prlimit` (on Debian and Ubuntu: apt install util-linux)", {
      cause,
    });
  });
}
