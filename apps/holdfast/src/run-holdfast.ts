import process from "node:process";
import { cannotStart } from "@holdfast/runtime";
import { growWithWork } from "@holdfast/runtime/v8-flags";
import type { ExitCode } from "./command.ts";
import { commands, usage } from "./commands.ts";
import { version } from "./version.ts";

/** Runs `holdfast` with the words behind it. Wrong words are answered in one line. */
export async function runHoldfast(words: readonly string[]): Promise<ExitCode> {
  const [name = "--help", ...rest] = words;
  if (name === "--help" || name === "-h" || name === "help") {
    console.log(usage());
    return 0;
  }
  if (name === "--version" || name === "-v") {
    console.log(version());
    return 0;
  }
  const command = commands.get(name);
  if (command === undefined) {
    console.error(`holdfast has no command ${name}. See: holdfast --help`);
    return 2;
  }
  endQuietlyWithTheReader();
  const loaded = await command.load().catch((error: Error) => cannotStart(`holdfast ${name}`, error));
  growWithWork(); // a standalone starts small once more, until its first commit
  return await loaded.run(rest);
}

/** `holdfast export URL | head` closes our output: that is no failure of ours to explain. */
function endQuietlyWithTheReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(1);
  });
}
