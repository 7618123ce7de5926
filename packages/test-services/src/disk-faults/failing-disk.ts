import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { installOnce } from "../install-once.ts";

/** The operation that fails: sync, read or write with an I/O error, or write because the disk is full. */
export type DiskFault = "sync" | "read" | "write" | "full";

/** A disk that fails on demand, for processes that are started with `env`. */
export interface FailingDisk {
  readonly env: Readonly<Record<string, string>>;
  /** Begins to fail. The returned function ends it. */
  fail(fault: DiskFault): () => void;
}

const library = "failing-disk.so";

/**
 * Makes a disk that fails on demand, with a C library that is preloaded between a process and its files. The library is compiled below
 * `.services/` the first time.
 *
 * @param folder a folder of the caller, who removes it; a file in it says what fails
 * @throws on systems other than Linux, and without a C compiler
 * @example
 * const disk = await failingDisk(folder);
 * const app = await spawnNode({ entry, env: { ...disk.env, DATABASE_URL }, readyUrl });
 * const mend = disk.fail("sync"); // each commit is answered outcome_unknown from now on
 */
export async function failingDisk(folder: string): Promise<FailingDisk> {
  if (process.platform !== "linux") throw new Error("a disk that fails needs Linux (LD_PRELOAD)");
  const home = await compiled();
  const faults = join(folder, "disk-faults");
  mkdirSync(faults);
  return {
    env: { LD_PRELOAD: join(home, library), FAILING_DISK: faults },
    fail(fault) {
      const file = join(faults, fault);
      writeFileSync(file, "");
      return () => rmSync(file);
    },
  };
}

function compiled(): Promise<string> {
  const source = join(import.meta.dirname, "failing-disk.c");
  const hash = createHash("sha256").update(readFileSync(source)).digest("hex").slice(0, 12);
  return installOnce(`failing-disk-${hash}`, library, async (folder) => {
    await promisify(execFile)("cc", ["-shared", "-fPIC", "-o", join(folder, library), source]).catch(
      (cause: unknown) => {
        throw new Error("a disk that fails needs a C compiler: install gcc (on Debian and Ubuntu: apt install gcc)", {
          cause,
        });
      },
    );
  });
}
