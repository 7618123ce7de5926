import { execFile } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A small disk of its own that can be filled to the last byte. Linux, as root. */
export interface SmallDisk {
  readonly folder: string;
  fill(): void;
  makeRoom(): void;
  /** To be called when no process uses it any more. */
  remove(): Promise<void>;
}

/** @throws where this process may not mount a disk */
export async function smallDisk(folder: string, megabytes = 3): Promise<SmallDisk> {
  mkdirSync(folder, { recursive: true });
  await run("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
  const filler = join(folder, "filler");
  return {
    folder,
    fill() {
      const file = openSync(filler, "w");
      const block = Buffer.alloc(4_096);
      try {
        for (;;) writeSync(file, block);
      } catch {
        // No space left on device: that is what it is for.
      } finally {
        closeSync(file);
      }
    },
    makeRoom: () => rmSync(filler),
    remove: async () => void (await run("umount", [folder])),
  };
}
