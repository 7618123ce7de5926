import { type ExecFileException, execFile } from "node:child_process";
import { REPOSITORY_FOLDER } from "./services-folder.ts";

/** The exit code and the output of a program that has ended. */
export interface EndedRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the repository on a database, as its own process, to its end. */
export function runNode(entry: string, databaseUrl: string, ...words: readonly string[]): Promise<EndedRun> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const ended = (error: ExecFileException | null, stdout: string, stderr: string) =>
      resolve({ code: Number(error?.code ?? 0), stdout: stdout.trim(), stderr: stderr.trim() });
    execFile(process.execPath, [entry, ...words], { cwd: REPOSITORY_FOLDER, env }, ended);
  });
}
