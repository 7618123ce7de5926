import { describe, expect, test } from "vitest";
import { readWorkerConfig } from "./config.ts";

const least = { DATABASE_URL: "mongodb://localhost/shop", REDIS_URL: "redis://localhost" };

/** Whether a variable's value is accepted. */
function takes(name: string, text: string): boolean {
  try {
    readWorkerConfig({ ...least, [name]: text });
    return true;
  } catch {
    return false;
  }
}

test("fills in what is not given, and takes an empty variable for none", () => {
  expect(readWorkerConfig({ ...least, LOG_LEVEL: "", SWEEP_INTERVAL_MS: "", PATH: "/bin" })).toEqual({
    ...least,
    SWEEP_INTERVAL_MS: 5_000,
    AUDIT_PAUSE_MS: 1_000,
    FEED_INTERVAL_MS: 250,
    HEALTH_HOST: "127.0.0.1",
    LOG_LEVEL: "info",
  });
});

test("reports every problem at once", () => {
  const env = { DATABASE_URL: "file:shop.db", SWEEP_INTERVAL_MS: "soon", AUDIT_PAUSE_MS: "9", LOG_LEVEL: "loud" };
  expect(() => readWorkerConfig(env)).toThrow(
    new Error(`the configuration has problems:
  DATABASE_URL must be a mongodb:// URL; on SQLite, \`start\` has a worker of its own; it is "file:shop.db"
  REDIS_URL is missing; give a redis:// URL
  SWEEP_INTERVAL_MS must be a whole number of milliseconds from 100 to 3600000; it is "soon"
  AUDIT_PAUSE_MS must be a whole number of milliseconds from 10 to 3600000; it is "9"
  LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent; it is "loud"`),
  );
});

describe("the bounds of a number", () => {
  test.each([
    ["FEED_INTERVAL_MS", "10", true],
    ["FEED_INTERVAL_MS", "60000", true],
    ["FEED_INTERVAL_MS", "9", false],
    ["FEED_INTERVAL_MS", "60001", false],
    ["FEED_INTERVAL_MS", "2.5", false],
    ["SWEEP_INTERVAL_MS", "100", true],
    ["SWEEP_INTERVAL_MS", "3600000", true],
    ["SWEEP_INTERVAL_MS", "99", false],
    ["SWEEP_INTERVAL_MS", "3600001", false],
    ["HEALTH_PORT", "0", false],
    ["HEALTH_PORT", "65535", true],
    ["HEALTH_PORT", "65536", false],
    ["REDIS_URL", "redis://", false],
    ["REDIS_URL", "redis://:password@cache:6379/1", true],
  ])("%s=%s is taken: %s", (name, text, taken) => {
    expect(takes(name, text)).toBe(taken);
  });
});
