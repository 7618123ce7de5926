import { defaultSizes, type ScenarioName } from "./sizes.ts";

/** The URLs of the APIs under test. Buyers are spread over them. */
export const urls: readonly string[] = (__ENV["URLS"] || "http://127.0.0.1:3000").split(",");

/** The API key, if any. */
export const apiKey: string = __ENV["API_KEY"] ?? "";

/** Whether servers may go away during the run: then a 5xx or a lost connection leaves an outcome open and is not a failure. */
export const allowOutages: boolean = __ENV["ALLOW_OUTAGES"] === "1";

/** A prefix for the SKUs, keys and customers of the run; undefined if k6 is run by hand. */
export const givenRun: string | undefined = __ENV["RUN"] || undefined;

/** The sizes of a scenario. Environment variables of the same name replace the defaults. */
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
