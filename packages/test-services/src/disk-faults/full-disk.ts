import { execFile } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A small separate disk that can be filled to the last byte. */
export interface SmallDisk {
  readonly folder: string;
  /** Fills it. The returned function makes room again. */
  fill(): () => void;
  /** Removes it. If a process still uses it, it disappears when that process ends. */
  remove(): Promise<void>;
}

/** Mounts one. Needs Linux and root. @throws one line if this process may not mount; `failingDisk` needs no root */
export async function smallDisk(folder: string, megabytes = 3): Promise<SmallDisk> {
  mkdirSync(folder, { recursive: true });
  await run("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]).catch((cause: unknown) => {
    throw new Error("a disk of its own that can be filled needs root on Linux", { cause });
  });
  const filler = join(folder, "filler");
  return {
    folder,
    fill() {
      const file = openSync(filler, "w");
      try {
        for (const bytes of [1_048_576, 4_096]) fillWith(file, Buffer.alloc(bytes));
      } finally {
        closeSync(file);
      }
      return () => rmSync(filler);
    },
    remove: async () => void (await run("umount", ["--lazy", folder])),
  };
}

function fillWith(file: number, block: Buffer): void {
  try {
    for (;;) writeSync(file, block);
  } catch {
    // "No space left on device": the disk is full, as intended.
  }
}
