import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readlink, rm, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { SERVICES_FOLDER } from "./services-folder.ts";
import { guard, release } from "./watchdog.ts";

/**
 * Gives the folder `.services/<name>`, and has `install` fill it if it is not there yet.
 *
 * Safe without a lock: every installer fills a folder of its own, then makes `<name>` a symbolic link to it. Making a link
 * is atomic and only one can win; a loser throws its own work away. So a half-finished install is never seen, whatever
 * ends it, and the watchdog removes what a killed installer leaves.
 *
 * @param proof a path inside the folder; when it is gone (say, the Python behind it was removed), it is installed anew
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

/** Removes a link to a folder that lost its proof. */
async function clearBroken(link: string, proof: string): Promise<void> {
  const target = await readlink(link).catch(() => undefined);
  // Looked at once more by its own name: another installer may have put the link right in between.
  if (target === undefined || existsSync(join(dirname(link), target, proof))) return;
  await rm(link, { force: true });
  await rm(join(dirname(link), target), { recursive: true, force: true });
}
