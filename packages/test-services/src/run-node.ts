import { type ExecFileException, execFile } from "node:child_process";
import { REPOSITORY_FOLDER } from "./services-folder.ts";

/** A program that has ended: its exit code, and what it wrote to stdout and stderr. */
export interface EndedRun {
  readonly code: number;
  readonly out: string;
  readonly told: string;
}

/** Runs a program of the repository as its own process, to its end, on a database. */
export function runNode(entry: string, databaseUrl: string, ...words: readonly string[]): Promise<EndedRun> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const ended = (error: ExecFileException | null, out: string, told: string) =>
      resolve({ code: Number(error?.code ?? 0), out: out.trim(), told: told.trim() });
    execFile(process.execPath, [entry, ...words], { cwd: REPOSITORY_FOLDER, env }, ended);
  });
}
