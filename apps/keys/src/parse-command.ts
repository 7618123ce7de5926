import { parseArgs } from "node:util";
import { fail, type Result, succeed } from "@holdfast/domain";
import type { ApiKeyId } from "@holdfast/engine";
import { apiKeyRequestSchema } from "@holdfast/http-contract";
import type { z } from "zod";

/** A parsed command line. */
export type KeysCommand =
  | { readonly type: "help" }
  | { readonly type: "create"; readonly request: z.infer<typeof apiKeyRequestSchema> }
  | { readonly type: "list" }
  | { readonly type: "revoke"; readonly id: ApiKeyId };

const options = {
  name: { type: "string" },
  scopes: { type: "string" },
  "rate-limit": { type: "string" },
  rotate: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

type Options = { readonly [Name in keyof typeof options]?: string | boolean };

/** The options of each command, beside `--help`. */
const taken = { create: ["name", "scopes", "rate-limit", "rotate"], list: [], revoke: [] } as const;

/** Parses what follows `pnpm keys`. */
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
  return type === "list" ? succeed({ type }) : parseCreate(values);
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
