import { z } from "zod";
import { readEnvironment } from "./read-environment.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** One of Holdfast's command-line programs. */
export interface CommandLine<Command extends { readonly type: string }> {
  /** The parsed command, or what is wrong with the command line. */
  readonly parsed:
    | { readonly ok: true; readonly value: Command | { readonly type: "help" } }
    | { readonly ok: false; readonly failure: string };
  /** What `--help` says. */
  readonly usage: string;
  /** The command that prints `usage`. */
  readonly help: string;
  /** Carries the command out. False if it could not. */
  readonly perform: (command: Exclude<Command, { readonly type: "help" }>) => Promise<boolean>;
}

/**
 * Runs a command-line program and returns its exit code: 2 for a wrong command line, 1 if the command failed. stderr says why in plain
 * words, without a stack trace.
 */
export async function runCommandLine<Command extends { readonly type: string }>({
  parsed,
  usage,
  help,
  perform,
}: CommandLine<Command>): Promise<0 | 1 | 2> {
  if (!parsed.ok) {
    // What `parseArgs` says behind its first sentence is advice for other programs.
    console.error(`${oneLine(parsed.failure)} See: ${help}`);
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

/** A failure as one line that ends a sentence. */
function oneLine(failure: string): string {
  const line = failure.split(". To specify")[0]?.replaceAll("\n", "; ") ?? "";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

const schema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(file:.|mongodb(\+srv)?:\/\/)/, "must be a file: or mongodb:// URL")
    .default("file:.data/holdfast.db"),
});

/** The URL of the database that a command-line program works on. Throws if it is neither a SQLite file nor a MongoDB. */
export function readDatabaseUrl(): string {
  return readEnvironment(schema).DATABASE_URL;
}
