import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const root = join(import.meta.dirname, "../../..");

/** A workspace with this repository's own rules, in which `importer` imports `imported`. */
function workspace(importer: string, imported: string): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-boundaries-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const file of ["turbo.json", "pnpm-lock.yaml"]) cpSync(join(root, file), join(folder, file));
  write("pnpm-workspace.yaml", "packages: [packages/*]\n");
  write("package.json", JSON.stringify({ name: "shop", packageManager: "pnpm@12.0.0" }));
  for (const name of [importer, imported]) {
    const dependencies = name === importer ? { [`@holdfast/${imported}`]: "workspace:*" } : {};
    write(`packages/${name}/package.json`, JSON.stringify({ name: `@holdfast/${name}`, dependencies }));
    cpSync(join(root, `packages/${name}/turbo.json`), join(folder, `packages/${name}/turbo.json`));
  }
  write(`packages/${importer}/src/index.ts`, `import type {} from "@holdfast/${imported}";\n`);
  return folder;
}

function boundaries(folder: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(join(root, "node_modules/.bin/turbo"), ["boundaries"], { cwd: folder }, (error, stdout, stderr) => {
      resolve(`${error === null ? "passed" : "failed"}\n${stdout}${stderr}`);
    });
  });
}

test.each([
  ["engine", "domain", "passed"],
  ["infra-sqlite", "engine", "passed"],
  ["simulator", "scheduler", "passed"],
  ["simulator", "memory-store", "passed"],
  ["fuzz", "http-contract", "passed"],
  ["domain", "engine", "failed"],
  ["engine", "infra-sqlite", "failed"],
  ["infra-redis", "infra-mongo", "failed"],
  ["http-contract", "infra-mongo", "failed"],
  ["infra-redis", "scheduler", "failed"],
  ["scheduler", "infra-redis", "failed"],
  ["memory-store", "store-contract", "failed"],
  ["fuzz", "infra-sqlite", "failed"],
])("the boundaries check: %s imports %s and it has %s", async (importer, imported, outcome) => {
  const report = await boundaries(workspace(importer, imported));
  expect(report.split("\n")[0]).toBe(outcome);
  if (outcome === "failed") expect(report).toContain("tag");
});
