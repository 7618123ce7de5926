import { parseArgs } from "node:util";
import { UsageError } from "@holdfast/runtime";
import { defaultSizes, type ScenarioName, scenarioNames } from "./scenarios/sizes.ts";

export interface LoadOptions {
  readonly name: ScenarioName;
  /** Empty: start a standalone for the run. */
  readonly urls: readonly string[];
  readonly sizes: Readonly<Record<string, number>>;
  readonly allowOutages: boolean;
}

/** Reads `<name> [--buyers N ...] [--url URL[,URL]] [--allow-outages]`. Throws a `UsageError`. */
export function readLoadOptions(args: readonly string[]): LoadOptions {
  const { name, rest } = scenarioOf(args);
  const options = Object.keys(defaultSizes[name]).map((variable) => [optionOf(variable), variable] as const);
  const values = parse(name, rest, options);
  const sizes = options.flatMap(([option, variable]) => {
    const text = values[option];
    return text === undefined ? [] : [[variable, sizeOf(option, String(text))] as const];
  });
  const urls = typeof values["url"] === "string" ? values["url"].split(",").map(baseUrl) : [];
  return { name, urls, sizes: Object.fromEntries(sizes), allowOutages: values["allow-outages"] === true };
}

/** The scenarios and their options, with defaults. */
export function loadUsage(): string {
  const lines = scenarioNames.map((name) => {
    const options = Object.entries(defaultSizes[name]).map(([variable, size]) => `--${optionOf(variable)} ${size}`);
    return `  pnpm load ${name.padEnd(16)} ${options.join(" ")}`;
  });
  return [
    "Scenarios, each with its sizes and their defaults:",
    ...lines,
    "All take --url URL[,URL] (without it a standalone is started) and --allow-outages (5xx leave an outcome open).",
    "An API key is taken from the environment variable API_KEY.",
  ].join("\n");
}

function scenarioOf(args: readonly string[]): { name: ScenarioName; rest: string[] } {
  const [given, ...rest] = args;
  const name = scenarioNames.find((known) => known === given);
  if (name === undefined) {
    const fault =
      given === undefined || given.startsWith("-") ? "Say which scenario to run" : `No scenario is called ${given}`;
    throw new UsageError(`${fault}: ${scenarioNames.join(", ")}`);
  }
  return { name, rest };
}

function parse(
  name: ScenarioName,
  args: string[],
  options: readonly (readonly [string, string])[],
): Readonly<Record<string, string | boolean | undefined>> {
  const sizes = Object.fromEntries(options.map(([option]) => [option, { type: "string" }] as const));
  try {
    const known = { ...sizes, url: { type: "string" }, "allow-outages": { type: "boolean" } } as const;
    return parseArgs({ args, options: known, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const known = options.map(([option]) => `--${option}`).join(" ");
    throw new UsageError(`${(error as Error).message.split(". ")[0]}: ${name} takes ${known} --url --allow-outages`);
  }
}

function optionOf(variable: string): string {
  return variable.toLowerCase().replaceAll("_", "-");
}

function sizeOf(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--${option} must be a whole number above 0, not "${text}"`);
  return Number(text);
}

function baseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`--url must be http:// or https://, or several with commas between, not "${text}"`);
  }
  return url.href.replace(/\/$/, "");
}
