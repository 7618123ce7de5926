import { join } from "node:path";
import { OwnedProcess } from "../owned-process.ts";

/**
 * Locks a SQLite file against writes, from another process, until the returned function is called. Waits for the lock, which a process
 * that writes the file holds most of the time.
 */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  const locked = Promise.withResolvers<void>();
  const program = await OwnedProcess.start({
    command: process.execPath,
    arguments: [join(import.meta.dirname, "lock-file-process.ts"), path],
    cwd: process.cwd(),
    env: process.env,
    onOutput: (text) => {
      if (text.includes("locked")) locked.resolve();
    },
  });
  const ended = program.exited.then(() => {
    throw new Error(`${path} could not be locked:\n${program.logs()}`);
  });
  await Promise.race([locked.promise, ended]);
  ended.catch(() => {});
  return () => program.kill();
}
