import { existsSync, readFileSync } from "node:fs";
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
 * value (`NAME=`) counts as unset. `NAME_FILE=path` gives what the file holds as the value of `NAME`: that is how container
 * platforms hand over secrets.
 *
 * @throws one error that lists every problem: the variable, its value (unless it is secret), and what is allowed
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  env: NodeJS.ProcessEnv = loadedEnvironment(),
): z.infer<z.ZodObject<Shape>> {
  const problems: string[] = [];
  const given: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const { [name]: value, [`${name}_FILE`]: file } = env;
    if (value) given[name] = value;
    if (!file) continue;
    if (value) problems.push(`  ${name} and ${name}_FILE are both set; take one away`);
    else
      try {
        given[name] = textOf(file);
      } catch (error) {
        problems.push(`  ${name}_FILE cannot be used (${(error as Error).message}); it is ${JSON.stringify(file)}`);
        // No complaint that the variable is missing beside it.
        given[name] = "";
      }
  }
  const parsed = schema.safeParse(given);
  if (parsed.success && problems.length === 0) return parsed.data;
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = path.map(String).join(".");
    if (given[name] !== "") problems.push(`  ${name} ${message}${readAs(name, given[name], env)}`);
  }
  throw new Error(`the configuration has problems:\n${problems.join("\n")}`);
}

/** A file's text, without the line's end that editors and `echo` leave. */
function textOf(file: string): string {
  const text = readFileSync(file, "utf8").replace(/\r?\n$/, "");
  if (text === "") throw new Error("it is empty");
  return text;
}

function readAs(name: string, value: string | undefined, env: NodeJS.ProcessEnv): string {
  if (value === undefined) return "";
  // What stands in a file is there because it is secret.
  if (secretName.test(name) || !env[name]) return "; the value is not shown";
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
