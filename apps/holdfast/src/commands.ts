import type { Command } from "./command.ts";

/** A command as the list of commands shows it. Its code is loaded when it runs: `holdfast keys` needs no storm. */
export interface ListedCommand {
  readonly takes: string;
  readonly does: string;
  load(): Promise<Command>;
}

/** Every command, in the order in which people meet them. */
export const commands: ReadonlyMap<string, ListedCommand> = new Map<string, ListedCommand>([
  [
    "serve",
    {
      takes: "[--port N] [--database URL]",
      does: "serves the API and the dashboard; on SQLite everything in one process",
      load: () => import("./commands/serve.ts"),
    },
  ],
  [
    "worker",
    { takes: "", does: "does the background work of a shop on MongoDB", load: () => import("./commands/worker.ts") },
  ],
  [
    "keys",
    {
      takes: "create | list | revoke",
      does: "makes, lists and revokes API keys",
      load: () => import("./commands/keys.ts"),
    },
  ],
  [
    "migrate",
    {
      takes: "[--contract]",
      does: "brings the database to the form of this version",
      load: () => import("./commands/migrate.ts"),
    },
  ],
  ["backup", { takes: "FILE", does: "copies the database to a file", load: () => import("./commands/backup.ts") }],
  ["restore", { takes: "FILE", does: "puts a backup in place", load: () => import("./commands/restore.ts") }],
  [
    "import",
    {
      takes: "URL FILE",
      does: "makes the products of a file, with their stock",
      load: () => import("./commands/import.ts"),
    },
  ],
  [
    "export",
    { takes: "URL [FILE]", does: "writes products and stock to a file", load: () => import("./commands/export.ts") },
  ],
  [
    "audit",
    { takes: "URL", does: "looks for broken promises in a shop's books", load: () => import("./commands/audit.ts") },
  ],
  [
    "storm",
    {
      takes: "URL",
      does: "sends a rush of buyers to a shop, audits it and reports",
      load: () => import("./commands/storm.ts"),
    },
  ],
]);

/** What `holdfast --help` says. */
export function usage(): string {
  const heads = [...commands].map(([name, { takes }]) => `  holdfast ${name} ${takes}`.trimEnd());
  const width = Math.max(...heads.map((head) => head.length));
  const lines = [...commands.values()].map(({ does }, at) => `${heads[at]?.padEnd(width)}  ${does}`);
  return `Holds stock while a shopper pays, and never sells what it does not have.

${lines.join("\n")}

\`holdfast COMMAND --help\` says more of each. Ends with 0 if all is well, 1 if it failed or found something, 2 for a
command line that it does not understand.`;
}
