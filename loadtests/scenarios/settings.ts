import { defaultSizes, type ScenarioName } from "./sizes.ts";

/** The APIs under test. Buyers are spread over them. */
export const urls: readonly string[] = (__ENV["URLS"] || "http://127.0.0.1:3000").split(",");

/** Sent as `Authorization: Bearer`, where there is one. */
export const apiKey: string = __ENV["API_KEY"] ?? "";

/** Servers may go away during this run: a 5xx or a lost connection leaves an outcome open and is no failure. */
export const allowOutages: boolean = __ENV["ALLOW_OUTAGES"] === "1";

/** Names the run's SKUs, keys and customers; undefined when k6 is run by hand. */
export const givenRun: string | undefined = __ENV["RUN"] || undefined;

/** The sizes of a scenario: its defaults, each replaced by the environment variable of its name. */
export function sizesOf<Name extends ScenarioName>(name: Name): Record<keyof (typeof defaultSizes)[Name], number> {
  const defaults: Readonly<Record<string, number>> = defaultSizes[name];
  const sizes = Object.entries(defaults).map(([variable, otherwise]) => [variable, whole(variable, otherwise)]);
  return Object.fromEntries(sizes) as Record<keyof (typeof defaultSizes)[Name], number>;
}

function whole(variable: string, otherwise: number): number {
  const text = __ENV[variable];
  if (text === undefined || text === "") return otherwise;
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${variable} must be a whole number above 0, not ${text}`);
  return Number(text);
}
