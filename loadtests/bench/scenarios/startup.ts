import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FigureName } from "../figures.ts";
import { timeStart } from "../load/time-start.ts";
import type { ProcessScenario } from "../scenario.ts";

type Command = readonly [string, ...string[]];

const plain: Command = [process.execPath, "apps/standalone/src/start.js"];

/** The time of a start through npx and pnpm, through pnpm, and with node alone. */
const commands: readonly (readonly [FigureName, Command | undefined])[] = [
  ["npxStartMs", ["npx", "-y", "pnpm@12", "start"]],
  ["pnpmStartMs", pnpmStart()],
  ["nodeStartMs", plain],
];

/** The time from the command to the first answer. */
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
      // The first start creates the database, so do not count it.
      await timeStart(plain, database);
      const figures: Partial<Record<FigureName, number>> = {};
      for (const [name, command] of commands) {
        if (command !== undefined) figures[name] = await timeStart(command, database);
      }
      return { figures, errors: 0, breaches: undefined };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** The pnpm that runs this bench, if one does. */
function pnpmStart(): Command | undefined {
  const path = process.env["npm_execpath"];
  if (path === undefined || !path.includes("pnpm")) return undefined;
  return /\.[cm]?js$/.test(path) ? [process.execPath, path, "start"] : [path, "start"];
}
