import { parseArgs } from "node:util";
import { UsageError } from "@holdfast/runtime";
import type { BenchScenario } from "./scenario.ts";
import { scenarios } from "./scenarios/index.ts";
import { defaultSizes, optionOf, type Sizes, sizeNames } from "./sizes.ts";
import { type VariantName, variantNames } from "./variants/index.ts";

export interface BenchOptions {
  readonly scenarios: readonly BenchScenario[];
  /** The variants to measure. Each scenario runs on those of them that it has. */
  readonly variants: readonly VariantName[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: number;
  readonly sizes: Sizes;
  /** The file to write the results to, as JSON. */
  readonly json: string | undefined;
}

/** What `pnpm bench --help` says. */
export function benchUsage(): string {
  return `pnpm bench [--scenario NAME,NAME] [--variant NAME,NAME] [--rounds 3] [--seconds 3] [--warm-up-seconds 2] [--connections 50]
           [--json FILE] ${sizeNames.map((name) => `[--${optionOf(name)} ${defaultSizes[name]}]`).join(" ")}
  scenarios: ${scenarios.map(({ name }) => name).join(", ")}
  variants: ${variantNames.join(", ")}`;
}

/** Reads the command line. Throws a `UsageError`. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const sizeOptions = Object.fromEntries(sizeNames.map((name) => [optionOf(name), { type: "string" }] as const));
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...sizeOptions,
      scenario: { type: "string" },
      variant: { type: "string" },
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "3" },
      "warm-up-seconds": { type: "string", default: "2" },
      connections: { type: "string", default: "50" },
      json: { type: "string" },
    },
  });
  const sizes = sizeNames.map((name) => {
    const text = (values as Readonly<Record<string, string | undefined>>)[optionOf(name)];
    return [name, text === undefined ? defaultSizes[name] : wholeNumber(optionOf(name), text)] as const;
  });
  const chosen = chosenFrom(
    "scenario",
    values.scenario,
    scenarios.map(({ name }) => name),
  );
  return {
    scenarios: scenarios.filter(({ name }) => chosen.includes(name)),
    variants: chosenFrom("variant", values.variant, variantNames),
    rounds: wholeNumber("rounds", values.rounds),
    seconds: wholeNumber("seconds", values.seconds),
    warmUpSeconds: wholeNumber("warm-up-seconds", values["warm-up-seconds"]),
    connections: wholeNumber("connections", values.connections),
    sizes: Object.fromEntries(sizes) as Record<keyof Sizes, number>,
    json: values.json,
  };
}

function chosenFrom<Name extends string>(option: string, text: string | undefined, known: readonly Name[]): Name[] {
  const given = text?.split(",") ?? known;
  const unknown = given.find((name) => !known.some((other) => other === name));
  if (unknown !== undefined) throw new UsageError(`--${option}: ${unknown} is none of ${known.join(", ")}`);
  return known.filter((name) => given.includes(name));
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new UsageError(`--${option} must be a whole number above 0, not "${text}"`);
  return Number(text);
}
