import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { oneOf, readEnvironment, wholeNumber } from "./read-environment.ts";

const schema = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  PAUSE_MS: wholeNumber(10, 60_000, "milliseconds").default(250),
  LOG_LEVEL: oneOf(["info", "debug"]).default("info"),
  DATABASE_URL: z.string({ error: "is missing; give a mongodb:// URL" }).regex(/^mongodb:/, "must be a mongodb:// URL"),
  API_KEYS: z.string().regex(/=/, "must be name=key").optional(),
});

const url = "mongodb://localhost/shop";

test("takes what is given, and an empty variable for none", () => {
  expect(readEnvironment(schema, { DATABASE_URL: url, PORT: "8080", PAUSE_MS: "" })).toEqual({
    DATABASE_URL: url,
    PORT: 8080,
    PAUSE_MS: 250,
    LOG_LEVEL: "info",
  });
});

test("says of every problem at once which variable, what is allowed, and what was read, but no secret", () => {
  const env = { PORT: "http", PAUSE_MS: "9", LOG_LEVEL: "loud", API_KEYS: "s3cret", DATABASE_URL: "pg://a:s3cret@db" };
  expect(() => readEnvironment(schema, env)).toThrow(
    new Error(`the configuration has problems:
  PORT must be a whole number from 0 to 65535; it is "http"
  PAUSE_MS must be a whole number of milliseconds from 10 to 60000; it is "9"
  LOG_LEVEL must be one of info, debug; it is "loud"
  DATABASE_URL must be a mongodb:// URL; it is "pg://a:***@db"
  API_KEYS must be name=key; the value is not shown`),
  );
  expect(() => readEnvironment(schema, {})).toThrow("DATABASE_URL is missing; give a mongodb:// URL");
});

test.each(["-1", "1.5", "1e3", "0x10", " 5", "5 ", "NaN", "Infinity", "65536", "ten"])("PORT=%s is refused", (PORT) => {
  expect(() => readEnvironment(schema, { DATABASE_URL: url, PORT })).toThrow(`it is ${JSON.stringify(PORT)}`);
});

describe("a variable given as a file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "holdfast-environment-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  test.each(["", "\n", "\r\n"])("is what the file holds, without the end of its line %j", (end) => {
    const env = { DATABASE_URL_FILE: file("url", `${url}${end}`), API_KEYS_FILE: file("keys", `shop=s3cret${end}`) };
    expect(readEnvironment(schema, env)).toMatchObject({ DATABASE_URL: url, API_KEYS: "shop=s3cret" });
  });

  test("counts as unset where the path is empty, and is not read for a variable of another program", () => {
    const env = { DATABASE_URL: url, API_KEYS_FILE: "", SSL_CERT_FILE: join(folder, "none") };
    expect(readEnvironment(schema, env)).toMatchObject({ DATABASE_URL: url });
  });

  test("is named with its file where that cannot be used, and what it holds is never shown", () => {
    const missing = join(folder, "none");
    const empty = file("empty", "\n");
    const bad = { DATABASE_URL_FILE: missing, API_KEYS_FILE: empty, PORT_FILE: file("port", "s3cret") };
    expect(() => readEnvironment(schema, bad)).toThrow(
      new Error(`the configuration has problems:
  DATABASE_URL_FILE cannot be used (ENOENT: no such file or directory, open '${missing}'); it is "${missing}"
  API_KEYS_FILE cannot be used (it is empty); it is "${empty}"
  PORT must be a whole number from 0 to 65535; the value is not shown`),
    );
  });

  test("is refused beside the variable itself", () => {
    expect(() => readEnvironment(schema, { DATABASE_URL: url, DATABASE_URL_FILE: file("url", url) })).toThrow(
      "DATABASE_URL and DATABASE_URL_FILE are both set; take one away",
    );
  });
});
