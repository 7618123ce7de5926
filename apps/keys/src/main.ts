import process from "node:process";
import { readEnvironment, withoutSecrets } from "@holdfast/runtime";
import { ulid } from "ulid";
import { z } from "zod";
import { parseCommand } from "./parse-command.ts";
import { type Doing, runCommand } from "./run-command.ts";
import { usage } from "./usage.ts";
import { openDatabase } from "./wiring.ts";

const schema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(file:.|mongodb(\+srv)?:\/\/)/, "must be a file: or mongodb:// URL")
    .default("file:.data/holdfast.db"),
});

async function perform(command: Doing): Promise<boolean> {
  const { DATABASE_URL } = readEnvironment(schema);
  const database = await openDatabase(DATABASE_URL, command.type === "create");
  try {
    return await runCommand(command, database, ulid, { say: console.log, note: console.error });
  } finally {
    await database.close();
  }
}

const parsed = parseCommand(process.argv.slice(2));
if (!parsed.ok) {
  console.error(`${parsed.failure}\n\nSee: pnpm keys --help`);
  process.exitCode = 2;
} else if (parsed.value.type === "help") {
  console.log(usage);
} else {
  try {
    process.exitCode = (await perform(parsed.value)) ? 0 : 1;
  } catch (error) {
    console.error(`It could not be done: ${withoutSecrets((error as Error).message)}`);
    process.exitCode = 1;
  }
}
