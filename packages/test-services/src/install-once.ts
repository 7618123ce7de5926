import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readlink, rm, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { SERVICES_FOLDER } from "./services-folder.ts";
import { guard, release } from "./watchdog.ts";

/**
 * Returns the folder `.services/<name>`, after `install` has filled it if it was missing.
 *
 * Needs no lock: each installer fills a folder of its own, and then makes `<name>` a symbolic link to it. Making a link is atomic, so one
 * installer wins, and the others throw their work away. A half-finished install is never visible, and the watchdog removes what a killed
 * installer leaves.
 *
 * @param proof a path inside the folder. If it is missing (because its Python was removed, say), the folder is installed again
 */
export async function installOnce(
  name: string,
  proof: string,
  install: (folder: string) => Promise<void>,
  root = SERVICES_FOLDER,
): Promise<string> {
  const link = join(root, name);
  if (existsSync(join(link, proof))) return link;
  await mkdir(root, { recursive: true });
  await clearBroken(link, proof);
  const staging = await mkdtemp(join(root, `${name}.`));
  guard({ folder: staging });
  try {
    await install(staging);
    await symlink(basename(staging), link);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(join(link, proof))) throw error;
  } finally {
    release({ folder: staging });
  }
  return link;
}

/** Removes a link to a folder whose proof is missing. */
async function clearBroken(link: string, proof: string): Promise<void> {
  const target = await readlink(link).catch(() => undefined);
  // Look again: another installer may have replaced the link meanwhile.
  if (target === undefined || existsSync(join(dirname(link), target, proof))) return;
  await rm(link, { force: true });
  await rm(join(dirname(link), target), { recursive: true, force: true });
}
