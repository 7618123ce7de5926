import { runCommandLine } from "@holdfast/runtime";
import { runWorkerProcess } from "@holdfast/worker/process";
import type { ExitCode } from "../command.ts";
import { parseWords } from "../parse-words.ts";

const usage = `Does the background work of a shop on MongoDB until it is stopped: expires reservations, numbers the feed, audits the books.

  holdfast worker

DATABASE_URL and REDIS_URL say where, from the environment or .env. On SQLite \`holdfast serve\` does it itself.`;

export function run(words: readonly string[]): Promise<ExitCode> {
  return runCommandLine({
    parsed: parseWords(words, {}, 0, () => ({ type: "worker" })),
    usage,
    help: "holdfast worker --help",
    perform: runWorkerProcess,
  });
}
