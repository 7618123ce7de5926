import { stepInWords } from "@holdfast/engine";
import { readDatabaseUrl, runCommandLine } from "@holdfast/runtime";
import { parseCommand, usage, type Wanted } from "./parse-command.ts";
import { reportOf } from "./report.ts";
import { migrate } from "./wiring.ts";

/** Brings the database to the form of this version, as the words say. `program`: how it was started. */
export function runMigrate(words: readonly string[], program: string): Promise<0 | 1 | 2> {
  const perform = async ({ upTo }: Wanted): Promise<boolean> => {
    const onStep = (step: Parameters<typeof stepInWords>[0]) => console.log(`Step ${stepInWords(step)} ...`);
    for (const line of reportOf(await migrate(readDatabaseUrl(), { upTo, onStep }), program)) console.log(line);
    return true;
  };
  return runCommandLine({ parsed: parseCommand(words), usage: usage(program), help: `${program} --help`, perform });
}
