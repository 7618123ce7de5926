import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const home = join(import.meta.dirname, "../../..");

test("the container image installs the dependencies of every app that can be started", () => {
  const started = readdirSync(join(home, "apps")).filter((app) => existsSync(join(home, "apps", app, "src/main.ts")));
  const dockerfile = readFileSync(join(home, "Dockerfile"), "utf8");
  const installed = [...dockerfile.matchAll(/--filter-prod @holdfast\/(\w+)\.\.\./g)].map(([, app]) => app);
  expect(installed.sort()).toEqual(started.sort());
});
