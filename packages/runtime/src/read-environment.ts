import { existsSync } from "node:fs";
import process from "node:process";
import { z } from "zod";
import { withoutSecrets } from "./without-secrets.ts";

/** Variables whose whole value is secret: no message may repeat it. */
const secretName = /(_KEYS|PASSWORD|SECRET|TOKEN)$/;

/** How much of a value a message quotes. Every sensible value is shorter. */
const quotedLengthMax = 100;

/** A whole number, written in digits only. `unit` appears in the message. */
export function wholeNumber(min: number, max: number, unit = "") {
  const message = `must be a whole number${unit === "" ? "" : ` of ${unit}`} from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((number) => number >= min && number <= max, message);
}

/** The least severe level to log. The same for every process. */
export const logLevel = () => oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"]);

/** `redis://` or `rediss://`, with a host. */
export const redisUrl = (missing?: string) =>
  z
    .string(missing === undefined ? {} : { error: missing })
    .refine((text) => /^rediss?:\/\/./.test(text) && URL.canParse(text), "must be a redis://host:port URL");

/** One of these words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return z.enum(words, { error: `must be one of ${words.join(", ")}` });
}

/**
 * Reads the configuration from the environment, and from `.env` in the working folder if there is one. The environment wins. An empty
 * value (`NAME=`) counts as unset.
 *
 * @throws one error that lists every problem: the variable, its value (unless it is secret), and what is allowed
 */
export function readEnvironment<Config>(
  schema: z.ZodType<Config>,
  env: NodeJS.ProcessEnv = loadedEnvironment(),
): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path.map(String).join(".");
    return `  ${name} ${message}${readAs(name, given[name])}`;
  });
  throw new Error(`the configuration has problems:\n${problems.join("\n")}`);
}

function readAs(name: string, value: string | undefined): string {
  if (value === undefined) return "";
  if (secretName.test(name)) return "; the value is not shown";
  const quoted = value.length > quotedLengthMax ? `${value.slice(0, quotedLengthMax)}...` : value;
  return `; it is ${JSON.stringify(withoutSecrets(quoted))}`;
}

function loadedEnvironment(): NodeJS.ProcessEnv {
  if (existsSync(".env")) {
    try {
      process.loadEnvFile(".env");
    } catch (cause) {
      throw new Error(`the file .env cannot be read (${(cause as Error).message}): mend it, or take it away`, {
        cause,
      });
    }
  }
  return process.env;
}
