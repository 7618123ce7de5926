import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figures } from "../figures.ts";
import { timeStart } from "../load/time-start.ts";
import type { ProcessScenario } from "../scenario.ts";

type Command = readonly [string, ...string[]];

/** What the same start costs with npx and pnpm in front, with pnpm alone, and with neither. */
const commands: readonly (readonly [keyof Figures, Command])[] = [
  ["npxStartMs", ["npx", "-y", "pnpm@12", "start"]],
  ["pnpmStartMs", [...pnpm(), "start"]],
  ["nodeStartMs", [process.execPath, "apps/standalone/src/main.ts"]],
];

/** Of the time between trying it out and seeing it. */
export const startup: ProcessScenario = {
  kind: "process",
  name: "startup",
  says: "from `start` to the first answer, with everything installed and a database there",
  counts: "",
  variants: ["standalone"],
  roundsMax: Number.POSITIVE_INFINITY,
  run: async () => {
    const folder = await mkdtemp(join(tmpdir(), "holdfast-start-"));
    const database = join(folder, "holdfast.db");
    try {
      // The first start makes the database.
      await timeStart([process.execPath, "apps/standalone/src/main.ts"], database);
      const figures: Partial<Record<keyof Figures, number>> = {};
      for (const [name, command] of commands) figures[name] = await timeStart(command, database);
      return { figures, errors: 0, breaches: undefined };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** The pnpm that runs this bench; run by hand, the one on PATH. */
function pnpm(): Command {
  const path = process.env["npm_execpath"];
  if (path === undefined || !path.includes("pnpm")) return ["pnpm"];
  return /\.[cm]?js$/.test(path) ? [process.execPath, path] : [path];
}
