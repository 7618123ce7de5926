import process from "node:process";
import { stepInWords } from "@holdfast/engine";
import { readDatabaseUrl, runCommandLine } from "@holdfast/runtime";
import { parseCommand, usage, type Wanted } from "./parse-command.ts";
import { reportOf } from "./report.ts";
import { migrate } from "./wiring.ts";

async function perform({ upTo }: Wanted): Promise<boolean> {
  const onStep = (step: Parameters<typeof stepInWords>[0]) => console.log(`Step ${stepInWords(step)} ...`);
  for (const line of reportOf(await migrate(readDatabaseUrl(), { upTo, onStep }))) console.log(line);
  return true;
}

process.exitCode = await runCommandLine({
  parsed: parseCommand(process.argv.slice(2)),
  usage,
  help: "pnpm migrate --help",
  perform,
});
