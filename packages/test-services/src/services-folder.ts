import { mkdir, mkdtemp } from "node:fs/promises";
import { join, resolve } from "node:path";

/** The root of the checkout: entries of `spawnNode` are relative to it. */
export const REPOSITORY_FOLDER = resolve(import.meta.dirname, "../../..");

/** This package writes below this folder only. Git ignores it, and deleting it is always safe. */
export const SERVICES_FOLDER = join(REPOSITORY_FOLDER, ".services");

/** Makes a new, empty folder for one run of one server. */
export async function makeRunFolder(name: string): Promise<string> {
  const runs = join(SERVICES_FOLDER, "run");
  await mkdir(runs, { recursive: true });
  return mkdtemp(join(runs, `${name}-`));
}
