import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { ResultsReporter } from "./.ci/results-reporter.ts";

const all = ["apps", "packages", "loadtests"].map((folder) => `${folder}/**`);
const needServers = [".int.test.ts", ".e2e.test.ts"];
const needTime = ".many.sim.test.ts";
const needPackages = ".pack.test.ts";

/** Where CI wants the results. */
const reportFile = process.env["TEST_REPORT"];

// Processes and threads find what an earlier one compiled. Without it each thread of a database strips the types of its modules anew, in
// WebAssembly of its own: opening takes twice as long, and V8 at times aborts the process ("Check failed: jit_page.has_value()").
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "node_modules/.cache/compiled");

// Random tests play the same cases on every run, so that a change is judged by itself. The nightly run plays others: a failure there is a
// fault that was on main already.
process.env["TEST_SEED"] ??= "1";
if (process.env["TEST_SEED"] === "random") process.env["TEST_SEED"] = String(Math.floor(Math.random() * 1_000_000_000));

const setupFiles = "packages/fuzz/src/test-seed.ts";

/** A test's tier stands in its file name. `.test.ts` needs nothing; the others get real servers from test-services. */
export default defineConfig({
  test: {
    reporters: reportFile === undefined ? ["default"] : ["default", new ResultsReporter(reportFile)],
    projects: [
      {
        test: {
          name: "unit",
          setupFiles,
          // Files share what they import: four times as fast. They leave no global changed behind them.
          isolate: false,
          include: all.map((path) => `${path}/*.test.{ts,tsx}`),
          exclude: ["**/node_modules/**", ...[...needServers, needTime, needPackages].map((tier) => `**/*${tier}`)],
        },
      },
      {
        test: {
          name: "int",
          setupFiles,
          include: all.flatMap((path) => needServers.map((tier) => `${path}/*${tier}`)),
          exclude: ["**/node_modules/**"],
          globalSetup: "packages/test-services/src/global-setup.ts",
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "many",
          include: all.map((path) => `${path}/*${needTime}`),
          exclude: ["**/node_modules/**"],
          // It takes every core for itself: after the others, which have clocks to keep to.
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "packages",
          include: all.map((path) => `${path}/*${needPackages}`),
          exclude: ["**/node_modules/**"],
          globalSetup: ["packages/test-services/src/global-setup.ts", "packages/package-tests/src/pack-once.ts"],
          // It installs, compiles and bundles on every core: after those that have clocks to keep to.
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
