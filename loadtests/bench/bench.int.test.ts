import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { bench } from "./bench.ts";
import type { BenchOptions } from "./bench-options.ts";
import { timeStart } from "./load/time-start.ts";
import { scenarios } from "./scenarios/index.ts";
import type { VariantName } from "./variants/index.ts";

// Checks that every scenario still runs and audits. The figures of these short runs mean nothing.

const tiny: Omit<BenchOptions, "scenarios" | "variants"> = {
  rounds: 1,
  seconds: 0.2,
  warmUpSeconds: 0.1,
  connections: 5,
  sizes: {
    feedReaders: 20,
    spreadSkus: 5,
    cartSkus: 6,
    // More than one commit, since the rate needs time between the first and the last.
    dueHolds: 1_200,
    dueHoldsMongo: 10,
    heldOrders: 20,
    agedOrders: 50,
    agedSkus: 5,
    memoryOrdersFew: 20,
    memoryOrders: 50,
  },
  json: undefined,
};

/** Runs all variants of the scenario, unless fewer are named; without `peer`, which would install a PostgreSQL. */
async function run(name: string, variants: readonly VariantName[] = [], seconds = tiny.seconds) {
  const chosen = scenarios.filter((scenario) => scenario.name === name);
  const options = {
    ...tiny,
    seconds,
    scenarios: chosen,
    variants: variants.length > 0 ? variants : chosen.flatMap((s) => s.variants).filter((v) => v !== "peer"),
  };
  const given = { mongoUrl: inject("mongoUrl"), redisUrl: inject("redisUrl") };
  const results = await bench(options, { tell: () => {}, given });
  for (const { scenario, variant, breaches, errors } of results) {
    expect({ scenario, variant, breaches, errors }).toEqual({ scenario, variant, breaches: [], errors: 0 });
  }
  return Object.fromEntries(results.map(({ variant, figures }) => [variant, figures]));
}

const some = { median: expect.any(Number), min: expect.any(Number), max: expect.any(Number) };

test("hot: on everything that there is", async () => {
  const rates = { rate: some, p50: some, p99: some, slowest: some };
  expect(await run("hot")).toMatchObject({
    "no-op": rates,
    standalone: rates,
    mongo: rates,
    classic: rates,
    "insert-limit": rates,
  });
});

test.each([
  ["spread", ["no-op", "standalone"], { rate: some, processorMicroseconds: some }],
  ["carts", ["no-op", "standalone"], { rate: some }],
  ["allocate", ["standalone"], { rate: some, namedRate: some }],
  ["sold-out", ["no-op", "standalone"], { rate: some }],
  ["lifecycle", ["no-op", "standalone"], { rate: some, hotRate: some }],
  ["fulfil", ["standalone"], { rate: some }],
  ["p99-at-70", ["no-op", "standalone"], { p99: some, offeredRate: some, sentLateP99: some }],
  ["feed-readers", ["standalone"], { rate: some, aloneRate: some, aloneP99: some, feedMegabytes: some }],
  ["key-cost", ["standalone", "standalone-keyless", "mongo", "mongo-keyless"], { rate: some, guestRate: some }],
  ["aged", ["standalone", "standalone-aged"], { rate: some, spreadRate: some }],
  ["edge", ["standalone", "edge"], { rate: some, spreadRate: some }],
  ["memory", ["standalone"], { restMegabytes: some, fewMegabytes: some, manyMegabytes: some }],
  ["generators", ["no-op", "standalone"], { generatorMicroseconds: some, k6Rate: some, k6P99: some }],
] as const)("%s: on %j", async (name, variants, figures) => {
  const expected = variants.map((variant) => [variant, figures]);
  expect(await run(name, variants)).toMatchObject(Object.fromEntries(expected));
});

test("processes: with one API and with two", { timeout: 120_000 }, async () => {
  const rates = { rate: some, spreadRate: some, slowest: some };
  // Long enough for an answer where two processes wait for each other on a busy machine.
  expect(await run("processes", ["mongo", "mongo-2-apis"], 1)).toMatchObject({ mongo: rates, "mongo-2-apis": rates });
});

test("expire: on SQLite and on MongoDB", { timeout: 120_000 }, async () => {
  const { standalone, mongo } = await run("expire");
  expect(standalone).toMatchObject({ rate: some, placingRate: some, latenessP99: some });
  expect(mongo).toMatchObject({ placingRate: some, latenessP99: some });
});

test("startup: times a start to its first answer", async () => {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-start-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const command = [process.execPath, "apps/standalone/src/main.ts"] as const;
  expect(await timeStart(command, join(folder, "holdfast.db"))).toBeGreaterThan(0);
});

test("startup: says so when a command does not start", async () => {
  await expect(timeStart([process.execPath, "--eval", "console.log('not today')"], "nowhere")).rejects.toThrow(
    "not today",
  );
});
