import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { appSettings, readApiConfig } from "./config.ts";
import { httpThreadsDefault } from "./threads/shared-port.ts";

const variables = [
  "PORT",
  "HOST",
  "HTTP_THREADS",
  "API_KEYS",
  "RATE_LIMIT_PER_SECOND",
  "HOLD_SECONDS",
  "HOLD_SECONDS_MAX",
  "EXTEND_FOR",
  "ALLOCATE_BY",
  "HELD_UNITS_PER_CUSTOMER_MAX",
  "HELD_UNITS_PER_KEY_MAX",
  "LATE_PAYMENT",
  "FULFIL_ON",
  "BODY_BYTES_MAX",
  "CORS_ORIGINS",
  "LOG_LEVEL",
  "REDIS_URL",
];
const right = { DATABASE_URL: "mongodb://127.0.0.1:27017/holdfast" };
const key = "0123456789abcdef";

const before = { ...process.env };
const home = process.cwd();
let folder: string;

// Configuration is the environment and the folder's `.env`: each test has a clean one of both.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "holdfast-config-"));
  process.chdir(folder);
  for (const name of [...variables, "DATABASE_URL"]) delete process.env[name];
});

afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
  for (const name of [...variables, "DATABASE_URL"]) delete process.env[name];
  Object.assign(process.env, before);
});

function read(environment: Readonly<Record<string, string>>) {
  Object.assign(process.env, environment);
  return readApiConfig();
}

/** The variables for which a configuration is refused. */
function refused(environment: Readonly<Record<string, string>>): string[] {
  try {
    read(environment);
  } catch (error) {
    return (error as Error).message
      .split("\n  ")
      .slice(1)
      .map((line) => line.split(" ")[0] ?? "");
  }
  return [];
}

test("needs a database, and has a default for everything else", () => {
  expect(read(right)).toEqual({
    ...right,
    PORT: 3000,
    HTTP_THREADS: httpThreadsDefault(),
    DRAIN_NOTICE_MS: 1_000,
    HOST: "127.0.0.1",
    API_KEYS: new Map(),
    HOLD_SECONDS: 300,
    HOLD_SECONDS_MAX: 2_592_000,
    EXTEND_FOR: "any",
    ALLOCATE_BY: "priority",
    LATE_PAYMENT: "refund",
    FULFIL_ON: "request",
    BODY_BYTES_MAX: 262_144,
    FEED_READERS_PER_KEY_MAX: 100,
    CORS_ORIGINS: [],
    LOG_LEVEL: "info",
  });
  expect(read({ ...right, PORT: "", REDIS_URL: "", HOST: "" })).toMatchObject({ PORT: 3000, HOST: "127.0.0.1" });
});

test("reads .env, and lets the environment win", () => {
  writeFileSync(".env", `DATABASE_URL=${right.DATABASE_URL}\nPORT=4000\nHOLD_SECONDS=60\n`);
  expect(read({ PORT: "5000" })).toMatchObject({ ...right, PORT: 5000, HOLD_SECONDS: 60 });
});

test.each([
  ["PORT", "65536", "refused"],
  ["PORT", "-1", "refused"],
  ["PORT", "80.5", "refused"],
  ["PORT", "http", "refused"],
  ["PORT", "0", "taken"],
  ["HOLD_SECONDS", "0", "refused"],
  ["HOLD_SECONDS", "2592001", "refused"],
  ["HOLD_SECONDS", "5m", "refused"],
  ["HOLD_SECONDS", "2592000", "taken"],
  ["HOLD_SECONDS_MAX", "0", "refused"],
  ["HOLD_SECONDS_MAX", "2592001", "refused"],
  ["EXTEND_FOR", "never", "refused"],
  ["EXTEND_FOR", "payment", "taken"],
  ["ALLOCATE_BY", "nearest", "refused"],
  ["ALLOCATE_BY", "fewest-splits", "taken"],
  ["HELD_UNITS_PER_CUSTOMER_MAX", "-1", "refused"],
  ["HELD_UNITS_PER_KEY_MAX", "all", "refused"],
  ["RATE_LIMIT_PER_SECOND", "-1", "refused"],
  ["RATE_LIMIT_PER_SECOND", "1.5", "refused"],
  ["RATE_LIMIT_PER_SECOND", "1000001", "refused"],
  ["RATE_LIMIT_PER_SECOND", "0", "taken"],
  ["RATE_LIMIT_PER_SECOND", "1000000", "taken"],
  ["BODY_BYTES_MAX", "1023", "refused"],
  ["BODY_BYTES_MAX", "1e9", "refused"],
  ["LOG_LEVEL", "loud", "refused"],
  ["LOG_LEVEL", "warn", "taken"],
  ["DATABASE_URL", "file:shop.db", "refused"],
  ["DATABASE_URL", "postgres://127.0.0.1", "refused"],
  ["DATABASE_URL", "mongodb+srv://cluster.example", "taken"],
  ["REDIS_URL", "127.0.0.1:6379", "refused"],
  ["REDIS_URL", "rediss://cache.example", "taken"],
  ["CORS_ORIGINS", "shop.example.com", "refused"],
  ["CORS_ORIGINS", "https://shop.example/", "refused"],
  ["CORS_ORIGINS", "https://shop.example,till.example", "refused"],
  ["CORS_ORIGINS", "https://shop.example:443", "refused"],
  ["CORS_ORIGINS", "file://shop", "refused"],
  ["CORS_ORIGINS", "http://localhost:8080", "taken"],
  ["API_KEYS", "shop", "refused"],
  ["API_KEYS", "shop=", "refused"],
  ["API_KEYS", `shop=${key.slice(1)}`, "refused"],
  ["API_KEYS", `Shop=${key}`, "refused"],
  ["API_KEYS", `the shop=${key}`, "refused"],
  ["API_KEYS", `${"x".repeat(41)}=${key}`, "refused"],
  ["API_KEYS", `=${key}`, "refused"],
  ["API_KEYS", `worker=${key}`, "refused"],
  ["API_KEYS", `anonymous=${key}`, "refused"],
  ["API_KEYS", `shop=${key},till`, "refused"],
  ["API_KEYS", `shop=${key},till=${key}`, "refused"],
  ["API_KEYS", `shop=${key}`, "taken"],
  ["API_KEYS", ` shop=${key} , till=${key}2 ,`, "taken"],
])("%s=%s is %s", (name, value, outcome) => {
  expect(refused({ ...right, [name]: value })).toEqual(outcome === "refused" ? [name] : []);
});

test.each([
  [{}, { keyed: { unitsPerCustomerMax: 100 }, open: {} }],
  [
    { HELD_UNITS_PER_CUSTOMER_MAX: "7", HELD_UNITS_PER_KEY_MAX: "9" },
    {
      keyed: { unitsPerCustomerMax: 7, unitsPerKeyMax: 9 },
      open: { unitsPerCustomerMax: 7, unitsPerKeyMax: 9 },
    },
  ],
  [
    { HELD_UNITS_PER_CUSTOMER_MAX: "0", HELD_UNITS_PER_KEY_MAX: "0" },
    { keyed: {}, open: {} },
  ],
])("with %o bounds held units to %o", (environment, bounds) => {
  expect(appSettings(read({ ...right, ...environment })).reservationBounds).toEqual(bounds);
});

test("names every API key, and takes each to its last character", () => {
  const { API_KEYS } = read({ ...right, API_KEYS: `shop=${key},till=b64+/${key}==,shop=${key}-next` });
  expect([...API_KEYS]).toEqual([
    [key, "shop"],
    [`b64+/${key}==`, "till"],
    [`${key}-next`, "shop"],
  ]);
});

test("reads the origins that may call", () => {
  expect(read({ ...right, CORS_ORIGINS: "https://shop.example, https://till.example" }).CORS_ORIGINS).toEqual([
    "https://shop.example",
    "https://till.example",
  ]);
});

test.each([
  ["shop.example.com", "https://shop.example.com rather than shop.example.com"],
  ["https://shop.example/", "https://shop.example rather than https://shop.example/"],
])("says which origin was meant by %s", (origins, hint) => {
  expect(() => read({ ...right, CORS_ORIGINS: origins })).toThrow(hint);
});

test("reports all problems at once", () => {
  expect(
    refused({ PORT: "http", API_KEYS: "shop", HOLD_SECONDS: "0", LOG_LEVEL: "loud", REDIS_URL: "here" }).sort(),
  ).toEqual(["API_KEYS", "DATABASE_URL", "HOLD_SECONDS", "LOG_LEVEL", "PORT", "REDIS_URL"]);
});
