import { parseArgs } from "node:util";
import { UsageError } from "@holdfast/runtime";

/** What to break: everything in turn, the disk of a standalone only, or a standalone that is killed again and again. */
export type ChaosForm =
  | { readonly form: "all" | "disk"; readonly rounds: number }
  | { readonly form: "kills"; readonly kills: number };

export type ChaosRun = ChaosForm & { readonly shoppers: number; readonly stormers: number };

/** What `pnpm chaos --help` says. */
export const chaosUsage = "pnpm chaos takes --rounds N or --kills N, --disk, --shoppers N and --stormers N";

/** Reads `[--disk] [--rounds N] [--shoppers N] [--stormers N]`, or with `--kills N` instead. Throws a `UsageError` of one line. */
export function readChaosOptions(args: readonly string[]): ChaosRun {
  const values = parse(args);
  const { kills, rounds, disk = false } = values;
  const crowd = {
    shoppers: wholeNumber("shoppers", values.shoppers ?? "20"),
    stormers: wholeNumber("stormers", values.stormers ?? "10"),
  };
  if (kills === undefined)
    return { form: disk ? "disk" : "all", rounds: wholeNumber("rounds", rounds ?? "1"), ...crowd };
  if (disk || rounds !== undefined)
    throw new UsageError(`--kills goes with neither --disk nor --rounds: ${chaosUsage}`);
  return { form: "kills", kills: wholeNumber("kills", kills), ...crowd };
}

function parse(args: readonly string[]) {
  const number = { type: "string" } as const;
  const options = {
    rounds: number,
    kills: number,
    shoppers: number,
    stormers: number,
    disk: { type: "boolean" },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}: ${chaosUsage}`);
  }
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError(`--${option} must be a whole number above 0, not "${text}"`);
  return Number(text);
}
