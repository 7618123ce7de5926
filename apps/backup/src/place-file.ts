import { existsSync, realpathSync, rmSync, statSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";

export interface Place {
  readonly file: string;
  /** Whether to replace an existing file. */
  readonly force: boolean;
  /** Files that must not be replaced, with force or without: those of the database itself. */
  readonly own: readonly string[];
}

/**
 * Makes a file under a temporary name beside its own, and renames it when it is whole, so that there is never half a file.
 *
 * @throws if its folder is missing, if something is in its place, and whatever `make` throws
 */
export async function placeFile<Made>(place: Place, make: (part: string) => Promise<Made>): Promise<Made> {
  expectFree(place);
  const part = `${place.file}.part-${process.pid}`;
  try {
    const made = await make(part);
    await rename(part, place.file);
    const folder = await open(dirname(place.file));
    await folder.sync();
    await folder.close();
    return made;
  } finally {
    for (const end of ["", "-journal"]) rmSync(part + end, { force: true });
  }
}

function expectFree({ file, force, own }: Place): void {
  const folder = dirname(file);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`there is no folder ${folder}. Make it first.`);
  const there = statSync(file, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (there.isDirectory()) throw new Error(`${file} is a folder. Name a file in it.`);
  const isOwn = own.some((name) => existsSync(name) && realpathSync(name) === realpathSync(file));
  if (isOwn) throw new Error(`${file} is the database itself. Name another file for the backup.`);
  if (!force) throw new Error(`${file} is already there. Name another file, or replace it with --force.`);
}
