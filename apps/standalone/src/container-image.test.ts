import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const home = join(import.meta.dirname, "../../..");

test("the container image installs the dependencies of every app that can be started", () => {
  const started = readdirSync(join(home, "apps")).filter((app) => existsSync(join(home, "apps", app, "src/main.ts")));
  const dockerfile = readFileSync(join(home, "Dockerfile"), "utf8");
  const manifest = JSON.parse(readFileSync(join(home, "apps/holdfast/package.json"), "utf8"));
  expect(dockerfile).toContain("--filter-prod holdfast...");
  const names = started.filter((app) => app !== "holdfast").map((app) => `@holdfast/${app}`);
  expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining(names));
});
