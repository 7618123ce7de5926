import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { fail, type Result, succeed } from "@holdfast/domain";

/** What `--help` says. `program`: how it was started: `pnpm` or `holdfast`. */
export function usage(program: string): string {
  return `Copies the database to a file, and puts it back.

  ${program} backup FILE [--force]
      Writes the database, as it is at one moment, to FILE, also while Holdfast runs. FILE is there when it is
      whole and checked, and not before. --force replaces a FILE that is there.

  ${program} restore FILE [--force]
      Puts FILE in the place of a database that no process uses. On SQLite --force keeps the database that is there
      under another name; on MongoDB the database must be empty. The feed begins anew: see docs/runbook.md.

  ${program} restore --new-epoch
      Only begins a new feed, in a database that was put back by other means. Stop every process first.

The database is DATABASE_URL (file:.data/holdfast.db unless it is set; .env is read). A backup is put back into the same kind of
database that it was made of.`;
}

/** A parsed command line. `force`: replace what is in the way. */
export type BackupCommand =
  | { readonly type: "help" }
  | { readonly type: "backup" | "restore"; readonly file: string; readonly force: boolean }
  | { readonly type: "new-epoch" };

const options = {
  force: { type: "boolean" },
  "new-epoch": { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** Parses what follows the program: `backup` or `restore`, and its arguments. */
export function parseCommand(words: readonly string[]): Result<BackupCommand, string> {
  let parsed: { values: { readonly [Name in keyof typeof options]?: boolean }; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    return fail((error as Error).message);
  }
  const { values, positionals } = parsed;
  const [type, file, ...more] = positionals;
  if (values.help) return succeed({ type: "help" });
  if (type !== "backup" && type !== "restore") return fail("Say what to do: backup or restore.");
  if (values["new-epoch"]) {
    if (type === "backup") return fail("backup takes no --new-epoch: every backup has an epoch of its own.");
    if (file !== undefined || values.force) return fail("--new-epoch stands alone: restore --new-epoch.");
    return succeed({ type: "new-epoch" });
  }
  if (file === undefined || file === "") return fail(`Name the file: ${type} FILE.`);
  if (more.length > 0) return fail(`${type} takes one file, and not ${more.join(" ")} too.`);
  if (/^(file|mongodb(\+srv)?):/.test(file))
    return fail(`${file} is a URL. Name a file: the database is DATABASE_URL.`);
  return succeed({ type, file: resolve(file), force: values.force ?? false });
}
