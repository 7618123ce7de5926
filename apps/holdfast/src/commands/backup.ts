import { runBackup } from "@holdfast/backup";
import type { ExitCode } from "../command.ts";

export function run(words: readonly string[]): Promise<ExitCode> {
  return runBackup(["backup", ...words], "holdfast");
}
