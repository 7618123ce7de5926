import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** A disk whose syncs fail while it is told so, for processes that are started with `env`. Linux, and needs a C compiler. */
export interface FailingFsync {
  readonly env: Readonly<Record<string, string>>;
  fail(): void;
  mend(): void;
}

/**
 * Builds it in a folder that the caller removes.
 *
 * @throws where there is no `cc`
 * @example
 * const disk = await failingFsync(folder);
 * const app = await spawnNode({ entry, env: { ...disk.env, DATABASE_URL }, readyUrl });
 * disk.fail(); // each commit is answered outcome_unknown from now on
 */
export async function failingFsync(folder: string): Promise<FailingFsync> {
  const library = join(folder, "failing-fsync.so");
  const source = join(import.meta.dirname, "failing-fsync.c");
  await promisify(execFile)("cc", ["-shared", "-fPIC", "-o", library, source]).catch((cause: unknown) => {
    throw new Error("a disk that fails to sync needs a C compiler: install `cc`", { cause });
  });
  const failing = join(folder, "fsync-fails");
  return {
    env: { LD_PRELOAD: library, FAILING_FSYNC: failing },
    fail: () => writeFileSync(failing, ""),
    mend: () => rmSync(failing, { force: true }),
  };
}
