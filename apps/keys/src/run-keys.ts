import { readDatabaseUrl, runCommandLine } from "@holdfast/runtime";
import { ulid } from "ulid";
import { parseCommand, usage } from "./parse-command.ts";
import { type Doing, runCommand } from "./run-command.ts";
import { openDatabase } from "./wiring.ts";

/** Makes, lists and revokes API keys, as the words say. `program`: how it was started. */
export function runKeys(words: readonly string[], program: string): Promise<0 | 1 | 2> {
  const perform = async (command: Doing): Promise<boolean> => {
    const database = await openDatabase(readDatabaseUrl(), command.type === "create");
    try {
      return await runCommand(command, database, ulid, { program, say: console.log, note: console.error });
    } finally {
      await database.close();
    }
  };
  return runCommandLine({ parsed: parseCommand(words), usage: usage(program), help: `${program} --help`, perform });
}
