import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type {} from "@holdfast/test-services";
import { create } from "@holdfast/testing";
import { transform } from "esbuild";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { nodeVersions } from "./node-versions.ts";
import { OtherApp } from "./other-app.ts";
import { type PublishedPackage, publishedLibraries } from "./published-packages.ts";
import { ServedShop } from "./served-shop.ts";
import { checkTypes, moduleModes } from "./strict-types.ts";

/** A README's one example, and what it prints. A test prints nothing: Vitest says how it went. */
interface Example {
  readonly name: string;
  readonly code: string;
  readonly printed: string | undefined;
}

function exampleOf({ name, folder }: PublishedPackage): Example {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const [found, another] = readme.matchAll(/```ts\n(.*?)```\n(?:\n```text\n(.*?)```)?/gs);
  if (found === undefined || another !== undefined) throw new Error(`${name}: a README has one example`);
  const [, code = "", printed] = found;
  return { name: basename(name), code, printed };
}

const examples = publishedLibraries().map(exampleOf);
const programs = examples.filter(({ printed }) => printed !== undefined);
const suites = examples.filter(({ printed }) => printed === undefined);

/** The first Node that has `node:sqlite` without a flag. */
const nodeOfSqlite = 22;

let app: OtherApp;
let shop: ServedShop;

beforeAll(async () => {
  shop = await ServedShop.with(create("tea", 100));
  app = await OtherApp.with(inject("tarballs"), "vitest@5", "@types/node@24");
  for (const { name, code } of programs) {
    app.write(`${name}.ts`, code);
    app.write(`${name}.js`, (await transform(code, { loader: "ts" })).code);
  }
  for (const { name, code } of suites) app.write(`${name}.test.ts`, code);
});

afterAll(async () => {
  app.remove();
  await shop.close();
});

test.each(moduleModes)("strict TypeScript finds nothing wrong with any example or package (%s)", async (mode) => {
  const files = [...programs.map(({ name }) => `${name}.ts`), ...suites.map(({ name }) => `${name}.test.ts`)];
  await checkTypes(app, mode, files, ["node"]);
});

const runs = [...nodeVersions].flatMap(([version, node]) =>
  programs.map(({ name, printed }) => ({ version, node, name, printed })),
);

test.each(runs.filter(({ name, version }) => name !== "infra-sqlite" || version >= nodeOfSqlite))(
  "the example of $name prints what its README says on Node $version",
  async ({ node, name, printed }) => {
    const env = { MONGODB_URL: inject("mongoUrl"), REDIS_URL: inject("redisUrl"), HOLDFAST_URL: shop.url };
    const { stdout, stderr } = await app.runWith(env, node, `${name}.js`);
    // Node says of `node:sqlite` that it may still change.
    const warnings = stderr
      .split("\n")
      .filter((line) => !/SQLite is an experimental feature|--trace-warnings/.test(line));
    expect([stdout, ...warnings]).toEqual([printed, ""]);
  },
);

test("@holdfast/infra-sqlite says in one line which Node it needs", async () => {
  const run = app.run(
    nodeVersions.get(20) ?? "",
    "--eval",
    `import("@holdfast/infra-sqlite").catch((error) => console.log(error.message))`,
  );
  expect((await run).stdout).toMatch(/^Holdfast's SQLite store needs Node 22\.16 or later; this is Node 20\.\S+\n$/);
});

test.each(suites)("Vitest runs the suite of $name, and it passes", async ({ name }) => {
  const { stdout } = await app.run(process.execPath, "node_modules/vitest/vitest.mjs", "run", `${name}.test.ts`);
  expect(stdout).toMatch(/Tests .*\d+ passed/);
});
