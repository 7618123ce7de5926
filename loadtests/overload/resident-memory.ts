import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const sampleEveryMs = 250;

/** Watches the resident memory of a process until stopped. Returns the maximum, in MiB. */
export function watchMemory(pid: number): { readonly stop: () => Promise<number> } {
  let most = 0;
  const sample = async () => {
    most = Math.max(most, await residentMib(pid));
  };
  let sampling = sample();
  const timer = setInterval(() => {
    sampling = sampling.then(sample);
  }, sampleEveryMs);
  return {
    async stop() {
      clearInterval(timer);
      await sampling;
      return most;
    },
  };
}

async function residentMib(pid: number): Promise<number> {
  if (process.platform === "linux") {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
  }
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / 1_024;
}
