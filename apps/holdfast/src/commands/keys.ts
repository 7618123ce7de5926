import { runKeys } from "@holdfast/keys";
import type { ExitCode } from "../command.ts";

export function run(words: readonly string[]): Promise<ExitCode> {
  return runKeys(words, "holdfast keys");
}
