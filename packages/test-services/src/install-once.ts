import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readlink, rm, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { SERVICES_FOLDER } from "./services-folder.ts";

/**
 * Gives the folder `.services/<name>`, and has `install` fill it if it is not there yet.
 *
 * Safe without a lock: every installer fills a folder of its own, then makes `<name>` a symbolic link to it. Making a link
 * is atomic and only one can win; a loser throws its own work away. So a half-finished install is never seen, whatever
 * kills it. Leftovers of installers that died are cleared before the next install.
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
  await clearAbandoned(root, name);
  const staging = await mkdtemp(join(root, `${name}.${process.pid}.`));
  try {
    await install(staging);
    await symlink(basename(staging), link);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(join(link, proof))) throw error;
  }
  return link;
}

/** Removes a link to a folder that lost its proof; the caller has seen that it did. */
async function clearBroken(link: string, proof: string): Promise<void> {
  const target = await linkTarget(link);
  if (target === undefined || existsSync(join(dirname(link), target, proof))) return;
  await rm(link, { force: true });
  await rm(join(dirname(link), target), { recursive: true, force: true });
}

async function clearAbandoned(root: string, name: string): Promise<void> {
  for (const entry of await readdir(root)) {
    const pid = entry.startsWith(`${name}.`) ? Number(entry.slice(name.length + 1).split(".")[0]) : Number.NaN;
    if (!Number.isInteger(pid) || isRunning(pid)) continue;
    // Asked after its maker is known to be gone: from here on the link cannot come to point at it.
    if ((await linkTarget(join(root, name))) !== entry) await rm(join(root, entry), { recursive: true, force: true });
  }
}

/** Undefined when there is no such link. */
function linkTarget(link: string): Promise<string | undefined> {
  return readlink(link).catch(() => undefined);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
