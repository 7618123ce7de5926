import { type Actor, assert, type Read, Unreadable } from "@holdfast/domain";
import { type ApiKeyId, type ApiKeyRecord, createApiKey, type Database } from "@holdfast/engine";
import type { KeysCommand } from "./parse-command.ts";

/** Where the output goes: results for scripts, and messages for people. */
export interface Outlet {
  /** How the program was started: what messages tell people to type. */
  readonly program: string;
  say(line: string): void;
  note(line: string): void;
}

export type Doing = Exclude<KeysCommand, { type: "help" }>;

type Keys = Pick<Database, "apiKeys" | "queries">;

const operator = "command-line" as Actor;
const pageSize = 200;

/** Runs a command. @returns whether it succeeded @throws if the database cannot be reached */
export async function runCommand(
  command: Doing,
  database: Keys,
  newId: () => string,
  outlet: Outlet,
): Promise<boolean> {
  switch (command.type) {
    case "create":
      return create(command.request, database, newId, outlet);
    case "list":
      return list(database, command.json ? jsonOf : lineOf, outlet);
    case "revoke":
      return revoke(command.id, database, outlet);
  }
}

async function create(
  { name, scopes, rateLimitPerSecond, rotates = false }: Extract<Doing, { type: "create" }>["request"],
  { apiKeys, queries }: Keys,
  newId: () => string,
  { program, say, note }: Outlet,
): Promise<boolean> {
  const created = await createApiKey(apiKeys, {
    id: `key_${newId()}` as ApiKeyId,
    name: name as Actor,
    scopes,
    ...(rateLimitPerSecond === undefined ? {} : { rateLimitPerSecond }),
    rotates,
    createdBy: operator,
    now: await queries.now(),
  });
  if (created.kind === "name_taken") {
    note(`A key of the name ${name} lives: see ${program} list. Keys of one name are one actor in the ledger.`);
    note("Say --rotate for one that takes over from it, or choose another name.");
    return false;
  }
  if (created.kind === "too_many") {
    note("There are too many API keys. Revoke those that are not used.");
    return false;
  }
  assert(created.kind === "made", "a key that was asked for without a claim was refused for one");
  note(lineOf(created.record));
  note("This is the key. It is shown this once:");
  say(created.key);
  return true;
}

async function list(
  { apiKeys }: Keys,
  textOf: (record: Read<ApiKeyRecord>) => string,
  { say, note }: Outlet,
): Promise<boolean> {
  let page = await apiKeys.list({ limit: pageSize });
  if (page.length === 0) note("There are no keys, beside those that may stand in API_KEYS.");
  while (page.length > 0) {
    for (const record of page) say(textOf(record));
    const last = page.at(-1);
    page = last === undefined ? [] : await apiKeys.list({ limit: pageSize, after: last.id as ApiKeyId });
  }
  return true;
}

async function revoke(id: ApiKeyId, { apiKeys, queries }: Keys, { program, say, note }: Outlet): Promise<boolean> {
  const revoked = await apiKeys.revoke(id, await queries.now());
  if (revoked === undefined) {
    note(`There is no key ${id}. See: ${program} list`);
    return false;
  }
  say(lineOf(revoked));
  return true;
}

/** For programs, with the fields that the API's list has. */
function jsonOf(record: Read<ApiKeyRecord>): string {
  if (record instanceof Unreadable) return JSON.stringify({ id: record.id, unreadable: record.reason });
  const { id, name, scopes, rateLimitPerSecond, createdAt, createdBy, revokedAt } = record;
  const inText = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
  const times = { createdAt: inText(createdAt), revokedAt: inText(revokedAt) };
  return JSON.stringify({ id, name, scopes, rateLimitPerSecond, ...times, createdBy });
}

function lineOf(record: Read<ApiKeyRecord>): string {
  if (record instanceof Unreadable) return `${record.id}  cannot be read, and opens nothing: ${record.reason}`;
  const { id, name, scopes, rateLimitPerSecond, createdAt, createdBy, revokedAt } = record;
  const words = [
    id,
    name,
    scopes.join(","),
    ...(rateLimitPerSecond === undefined ? [] : [`limit=${rateLimitPerSecond}`]),
    `made=${new Date(createdAt).toISOString()}`,
    `by=${createdBy}`,
    ...(revokedAt === undefined ? [] : [`revoked=${new Date(revokedAt).toISOString()}`]),
  ];
  return words.join("  ");
}
