import { runMigrate } from "@holdfast/migrate";
import type { ExitCode } from "../command.ts";

export function run(words: readonly string[]): Promise<ExitCode> {
  return runMigrate(words, "holdfast migrate");
}
