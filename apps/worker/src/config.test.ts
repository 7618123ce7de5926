import { describe, expect, test } from "vitest";
import { readConfig } from "./config.ts";

const least = { DATABASE_URL: "mongodb://localhost/shop", REDIS_URL: "redis://localhost" };

test("fills in what is not given, and takes an empty variable for none", () => {
  expect(readConfig({ ...least, LOG_LEVEL: "", SWEEP_INTERVAL_MS: "", PATH: "/bin" })).toEqual({
    ok: true,
    value: {
      databaseUrl: "mongodb://localhost/shop",
      redisUrl: "redis://localhost",
      sweepIntervalMs: 5_000,
      auditPauseMs: 1_000,
      feedIntervalMs: 250,
      healthPort: undefined,
      logLevel: "info",
    },
  });
});

test("tells every problem at once", () => {
  expect(
    readConfig({ DATABASE_URL: "file:shop.db", SWEEP_INTERVAL_MS: "soon", AUDIT_PAUSE_MS: "9", LOG_LEVEL: "loud" }),
  ).toEqual({
    ok: false,
    failure: [
      "DATABASE_URL must be a mongodb:// URL; on SQLite, `start` has a worker of its own",
      "REDIS_URL is missing; give a redis:// URL",
      "SWEEP_INTERVAL_MS must be a number of milliseconds",
      "AUDIT_PAUSE_MS must be at least 10",
      "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent",
    ],
  });
});

describe("the feed interval", () => {
  test.each([
    ["10", true],
    ["60000", true],
    ["9", false],
    ["60001", false],
    ["2.5", false],
    ["soon", false],
  ])("%s is taken: %s", (text, ok) => {
    expect(readConfig({ ...least, FEED_INTERVAL_MS: text }).ok).toBe(ok);
  });
});

describe("the sweep interval", () => {
  test.each([
    ["100", true],
    ["3600000", true],
    ["99", false],
    ["3600001", false],
    ["0", false],
    ["-5000", false],
    ["1.5", false],
    ["Infinity", false],
    ["NaN", false],
  ])("%s is taken: %s", (text, ok) => {
    expect(readConfig({ ...least, SWEEP_INTERVAL_MS: text }).ok).toBe(ok);
  });
});
