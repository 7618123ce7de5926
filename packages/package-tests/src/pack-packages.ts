import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { publishedPackages } from "./published-packages.ts";
import { runProgram } from "./run-program.ts";

/** A packed package, as npm installs it. */
export interface Tarball {
  readonly name: string;
  readonly path: string;
}

/** Builds and packs every package that other programs install, into one folder. */
export async function packPackages(folder: string): Promise<Tarball[]> {
  mkdirSync(folder, { recursive: true });
  const waiting = publishedPackages();
  const tarballs: Tarball[] = [];
  const packNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const path = join(folder, `${next.name.replace("@", "").replace("/", "-")}.tgz`);
      await runProgram("npx", ["-y", "pnpm@12", "pack", "--out", path], next.folder);
      tarballs.push({ name: next.name, path });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, packNext));
  return tarballs;
}
