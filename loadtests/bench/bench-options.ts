import { parseArgs } from "node:util";
import { type VariantName, variantNames } from "./deployments.ts";
import type { BenchScenario } from "./round.ts";
import { scenarios } from "./scenarios/index.ts";

export interface BenchOptions {
  readonly scenarios: readonly BenchScenario[];
  readonly variants: readonly VariantName[];
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  /** Where the results go as JSON. */
  readonly json: string | undefined;
}

/** Reads the command line; throws an error whose message says what to write instead. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scenario: { type: "string" },
      variant: { type: "string" },
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "3" },
      connections: { type: "string", default: "50" },
      json: { type: "string" },
    },
  });
  const scenarioNames = scenarios.map(({ name }) => name);
  const chosen = chosenFrom("scenario", values.scenario, scenarioNames);
  return {
    scenarios: scenarios.filter(({ name }) => chosen.includes(name)),
    variants: chosenFrom("variant", values.variant, variantNames),
    rounds: wholeNumber("rounds", values.rounds),
    seconds: wholeNumber("seconds", values.seconds),
    connections: wholeNumber("connections", values.connections),
    json: values.json,
  };
}

function chosenFrom<Name extends string>(option: string, text: string | undefined, known: readonly Name[]): Name[] {
  const given = text?.split(",") ?? known;
  const unknown = given.find((name) => !known.some((other) => other === name));
  if (unknown !== undefined) throw new Error(`--${option}: ${unknown} is none of ${known.join(", ")}`);
  return known.filter((name) => given.includes(name));
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`--${option} must be a whole number above 0, not "${text}"`);
  return Number(text);
}
