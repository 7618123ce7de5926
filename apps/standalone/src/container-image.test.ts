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

test("the image, the service and pnpm start the same program", () => {
  const read = (file: string) => readFileSync(join(home, file), "utf8");
  const { start } = JSON.parse(read("package.json")).scripts;
  const [, program] = String(start).split(" ");
  expect(existsSync(join(home, String(program)))).toBe(true);
  expect(read("Dockerfile")).toContain(`CMD ["node", "${program}"]`);
  expect(read("deploy/systemd/holdfast.service")).toContain(`ExecStart=/usr/bin/node ${program}\n`);
});
