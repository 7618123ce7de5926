import { parseArgs } from "node:util";
import { fail, type Result, succeed } from "@holdfast/domain";
import type { ApiKeyId } from "@holdfast/engine";
import { apiKeyRequestSchema, scopes } from "@holdfast/http-contract";
import type { z } from "zod";

/** What `--help` says. `program`: how it was started, such as `pnpm keys`. */
export function usage(program: string): string {
  return `Makes, lists and revokes API keys, also while Holdfast runs on the same database.

  ${program} create --name NAME --scopes SCOPE,SCOPE [--rate-limit N] [--rotate]
      Makes a key, and shows it this once. NAME is who its requests act as in the ledger, and owns their idempotency
      keys: a-z 0-9 -, at most 40. With --rotate it may be the name of a key that lives: both are one actor then, and
      you revoke the old one when its caller has the new one.
      N is its requests a second, 0 for as many as come; RATE_LIMIT_PER_SECOND if left out.
  ${program} list [--json]
      Lists keys, newest first, revoked ones too. With --json each is a line of JSON.
  ${program} revoke KEY_ID
      Revokes a key, for good. Running processes turn it away within 5 seconds.

SCOPE is one of ${scopes.join(", ")}.
admin may do everything; no other scope includes another one. checkout is for a key that a shop's pages hold, and stands alone.

The database is DATABASE_URL, from the environment or .env: file:... (default file:.data/holdfast.db) or mongodb://...

Ends with 0 if it did it, 1 if it could not, 2 if it was asked in a way that it does not understand.`;
}

/** A parsed command line. */
export type KeysCommand =
  | { readonly type: "help" }
  | { readonly type: "create"; readonly request: z.infer<typeof apiKeyRequestSchema> }
  | { readonly type: "list"; readonly json: boolean }
  | { readonly type: "revoke"; readonly id: ApiKeyId };

const options = {
  name: { type: "string" },
  scopes: { type: "string" },
  "rate-limit": { type: "string" },
  rotate: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

type Options = { readonly [Name in keyof typeof options]?: string | boolean };

/** The options of each command, beside `--help`. */
const taken = { create: ["name", "scopes", "rate-limit", "rotate"], list: ["json"], revoke: [] } as const;

/** Parses what follows `keys`. */
export function parseCommand(words: readonly string[]): Result<KeysCommand, string> {
  let parsed: { values: Options; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    return fail((error as Error).message);
  }
  const { values, positionals } = parsed;
  const [type, ...rest] = positionals;
  if (values.help || type === "help") return succeed({ type: "help" });
  if (type !== "create" && type !== "list" && type !== "revoke") {
    return fail(type === undefined ? "Say what to do: create, list or revoke." : `There is no command ${type}.`);
  }
  const extra = Object.keys(values).find((name) => !taken[type].some((known) => known === name));
  if (extra !== undefined) return fail(`${type} takes no --${extra}.`);
  if (type === "revoke") {
    const [id, ...more] = rest;
    if (id === undefined || more.length > 0) return fail("Give the id of one key: revoke key_...");
    return succeed({ type, id: id as ApiKeyId });
  }
  if (rest.length > 0) return fail(`${type} does not take ${rest.join(" ")}.`);
  return type === "list" ? succeed({ type, json: values.json === true }) : parseCreate(values);
}

function parseCreate(values: Options): Result<KeysCommand, string> {
  const limit = values["rate-limit"];
  if (limit !== undefined && !/^\d+$/.test(String(limit))) return fail("--rate-limit must be a whole number.");
  const parsed = apiKeyRequestSchema.safeParse({
    name: values.name ?? "",
    scopes: typeof values.scopes === "string" ? values.scopes.split(",").map((scope) => scope.trim()) : [],
    ...(limit === undefined ? {} : { rateLimitPerSecond: Number(limit) }),
    ...(values.rotate && { rotates: true }),
  });
  if (parsed.success) return succeed({ type: "create", request: parsed.data });
  const said = { name: "--name", scopes: "--scopes", rateLimitPerSecond: "--rate-limit" };
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${said[path[0] as keyof typeof said] ?? path.join(".")}: ${message}`,
  );
  return fail(problems.join("\n"));
}
