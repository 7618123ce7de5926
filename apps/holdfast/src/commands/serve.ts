import process from "node:process";
import { readDatabaseUrl, runCommandLine } from "@holdfast/runtime";
import { startSmall } from "@holdfast/runtime/v8-flags";
import type { ExitCode } from "../command.ts";
import { parseWords } from "../parse-words.ts";

const usage = `Serves the API, and the dashboard on its front page, until it is stopped.

  holdfast serve [--port N] [--host ADDRESS] [--database URL]

--database file:PATH      SQLite: API, worker and dashboard in one process (file:.data/holdfast.db unless you say otherwise)
--database mongodb://...  an API; any number of them may run, with one \`holdfast worker\` or more beside them
--port, --host            where to listen: 3000 on 127.0.0.1 unless you say otherwise

The options are for PORT, HOST and DATABASE_URL; all other settings are environment variables too, and .env is read.`;

/** The variable that each option sets. */
const variables = { port: "PORT", host: "HOST", database: "DATABASE_URL" } as const;

const options = { port: { type: "string" }, host: { type: "string" }, database: { type: "string" } } as const;

export function run(words: readonly string[]): Promise<ExitCode> {
  return runCommandLine({
    parsed: parseWords(words, options, 0, (values) => ({ type: "serve", values })),
    usage,
    help: "holdfast serve --help",
    async perform({ values }) {
      for (const name of ["port", "host", "database"] as const) {
        const value = values[name];
        if (value !== undefined) process.env[variables[name]] = value;
      }
      if (readDatabaseUrl().startsWith("file:")) {
        startSmall();
        const { runStandalone } = await import("@holdfast/standalone");
        return await runStandalone();
      }
      const { runApiProcess } = await import("@holdfast/api/process");
      return await runApiProcess();
    },
  });
}
