import { parseArgs } from "node:util";
import { fail, type Result, succeed } from "@holdfast/domain";
import type { UpTo } from "@holdfast/engine";

/** How far to migrate. */
export interface Wanted {
  readonly type: "migrate";
  readonly upTo: UpTo;
}

const options = { contract: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/** Parses what follows `pnpm migrate`. */
export function parseCommand(words: readonly string[]): Result<Wanted | { readonly type: "help" }, string> {
  try {
    const { values } = parseArgs({ args: [...words], options, allowPositionals: false });
    if (values.help) return succeed({ type: "help" });
    return succeed({ type: "migrate", upTo: values.contract ? "newest" : "needed" });
  } catch (error) {
    return fail((error as Error).message);
  }
}
