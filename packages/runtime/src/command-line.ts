import { z } from "zod";
import { readEnvironment } from "./read-environment.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** A command-line program of Holdfast, whatever it does. */
export interface CommandLine<Command extends { readonly type: string }> {
  /** What was asked for, or what is wrong with it. */
  readonly parsed:
    | { readonly ok: true; readonly value: Command | { readonly type: "help" } }
    | { readonly ok: false; readonly failure: string };
  /** What `--help` says. */
  readonly usage: string;
  /** How to ask for it. */
  readonly help: string;
  /** Does what was asked for, and tells whether it could. */
  readonly perform: (command: Exclude<Command, { readonly type: "help" }>) => Promise<boolean>;
}

/**
 * Runs a command-line program to its end, and gives its exit code: 2 where the command line is wrong, 1 where what it asks for could
 * not be done. Each of the two is said in plain words on stderr; no stack is shown.
 */
export async function runCommandLine<Command extends { readonly type: string }>({
  parsed,
  usage,
  help,
  perform,
}: CommandLine<Command>): Promise<0 | 1 | 2> {
  if (!parsed.ok) {
    console.error(`${parsed.failure}\n\nSee: ${help}`);
    return 2;
  }
  if (parsed.value.type === "help") {
    console.log(usage);
    return 0;
  }
  try {
    return (await perform(parsed.value as Exclude<Command, { readonly type: "help" }>)) ? 0 : 1;
  } catch (error) {
    console.error(`It could not be done: ${withoutSecrets((error as Error).message)}`);
    return 1;
  }
}

const schema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(file:.|mongodb(\+srv)?:\/\/)/, "must be a file: or mongodb:// URL")
    .default("file:.data/holdfast.db"),
});

/** The database that a command-line program works on, of either store. Throws where the URL is of neither. */
export function readDatabaseUrl(): string {
  return readEnvironment(schema).DATABASE_URL;
}
