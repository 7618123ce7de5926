import { parseArgs } from "node:util";
import { fail, type Result, succeed } from "@holdfast/domain";
import { UsageError } from "@holdfast/runtime";

type Option = { readonly type: "string" | "boolean"; readonly multiple?: boolean };
type Options = Readonly<Record<string, Option>>;

/** The values of the options that were given. */
export type Values<Taken extends Options> = {
  readonly [Name in keyof Taken]?: Taken[Name] extends { readonly type: "boolean" }
    ? boolean
    : Taken[Name] extends { readonly multiple: true }
      ? readonly string[]
      : string;
};

/**
 * Reads what follows a command's name: its options, and at most `wordsMax` other words. `read` throws a `UsageError` for
 * values that it does not take.
 */
export function parseWords<Taken extends Options, Wanted extends { readonly type: string }>(
  words: readonly string[],
  options: Taken,
  wordsMax: number,
  read: (values: Values<Taken>, words: readonly string[]) => Wanted,
): Result<Wanted | { readonly type: "help" }, string> {
  try {
    const known = { ...options, help: { type: "boolean", short: "h" } } as const;
    const { values, positionals } = parseArgs({ args: [...words], options: known, allowPositionals: true });
    if ((values as { readonly help?: boolean }).help) return succeed({ type: "help" });
    const extra = positionals[wordsMax];
    if (extra !== undefined) throw new UsageError(`There is no place for ${extra}.`);
    return succeed(read(values as Values<Taken>, positionals));
  } catch (error) {
    if (error instanceof UsageError || isParseError(error)) return fail((error as Error).message);
    throw error;
  }
}

function isParseError(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}

/** The whole number of an option. */
export function wholeNumberOf(
  option: string,
  text: string | undefined,
  bounds: { min: number; max: number; or: number },
) {
  if (text === undefined) return bounds.or;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= bounds.min && number <= bounds.max) return number;
  throw new UsageError(`--${option} must be a whole number from ${bounds.min} to ${bounds.max}, not ${text}.`);
}

/** A deployment's URL as a user writes it, without a slash at its end. */
export function deploymentUrl(text: string | undefined): string {
  if (text === undefined) throw new UsageError("Say which deployment: its URL, such as http://localhost:3000.");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`${text} must be a URL that begins with http:// or https://.`);
  }
  return url.href.replace(/\/+$/, "");
}
