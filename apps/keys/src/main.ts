import process from "node:process";
import { readDatabaseUrl, runCommandLine } from "@holdfast/runtime";
import { ulid } from "ulid";
import { parseCommand, usage } from "./parse-command.ts";
import { type Doing, runCommand } from "./run-command.ts";
import { openDatabase } from "./wiring.ts";

async function perform(command: Doing): Promise<boolean> {
  const database = await openDatabase(readDatabaseUrl(), command.type === "create");
  try {
    return await runCommand(command, database, ulid, { say: console.log, note: console.error });
  } finally {
    await database.close();
  }
}

process.exitCode = await runCommandLine({
  parsed: parseCommand(process.argv.slice(2)),
  usage,
  help: "pnpm keys --help",
  perform,
});
