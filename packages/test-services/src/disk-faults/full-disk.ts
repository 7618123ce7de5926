import { execFile } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A small disk of its own that can be filled to the last byte. */
export interface SmallDisk {
  readonly folder: string;
  /** The returned function makes room again. */
  fill(): () => void;
  /** Also while a process still uses it: then it goes with that one. */
  remove(): Promise<void>;
}

/** Linux, as root. @throws one line where this process may not mount a disk; `failingDisk` needs no root */
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
    // No space left on device: that is what it is for.
  }
}
