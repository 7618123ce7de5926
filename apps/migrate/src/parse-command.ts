import { parseArgs } from "node:util";
import { fail, type Result, succeed } from "@holdfast/domain";
import type { UpTo } from "@holdfast/engine";

/** What `--help` says. `program`: how it was started, such as `pnpm migrate`. */
export function usage(program: string): string {
  return `Brings the database to the form that this version of Holdfast works on, and says what it did.

  ${program}
      Runs the steps that a start would run. The version before goes on working beside them. Run it before a rolling
      upgrade, so that no process has to wait at its start.

  ${program} --contract
      Also takes away what only older versions still needed. Run it when none of them uses the database any more: one that
      still does writes nothing from then on.

On SQLite no process may serve the file. The database is DATABASE_URL (file:.data/holdfast.db unless it is set; .env is read).
See docs/upgrades.md.`;
}

/** How far to migrate. */
export interface Wanted {
  readonly type: "migrate";
  readonly upTo: UpTo;
}

const options = { contract: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/** Parses what follows `migrate`. */
export function parseCommand(words: readonly string[]): Result<Wanted | { readonly type: "help" }, string> {
  try {
    const { values } = parseArgs({ args: [...words], options, allowPositionals: false });
    if (values.help) return succeed({ type: "help" });
    return succeed({ type: "migrate", upTo: values.contract ? "newest" : "needed" });
  } catch (error) {
    return fail((error as Error).message);
  }
}
