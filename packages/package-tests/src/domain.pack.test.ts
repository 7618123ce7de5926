import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build as esbuild, transform } from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { nodeVersions } from "./node-versions.ts";
import { OtherApp } from "./other-app.ts";
import { home } from "./published-packages.ts";
import { checkTypes, moduleModes } from "./strict-types.ts";

/** What a cart page may cost its shoppers, gzipped. */
const cartPageBytesMax = 5_000;

const readme = readFileSync(join(home, "packages/domain/README.md"), "utf8");
const examples = [...readme.matchAll(/```ts\n(.*?)```\n\n```text\n(.*?)```/gs)];
const [, code = "", printed = ""] = examples[0] ?? [];

let app: OtherApp;

beforeAll(async () => {
  app = await OtherApp.with(inject("tarballs").filter(({ name }) => name === "@holdfast/domain"));
  app.write("cart-page.ts", code);
  app.write("cart-page.js", (await transform(code, { loader: "ts" })).code);
});

afterAll(() => app.remove());

test("the README has one example, with what it prints", () => {
  expect(readme.match(/```ts/g)).toHaveLength(1);
  expect(examples).toHaveLength(1);
});

test.each([...nodeVersions])("the README's example prints what the README says on Node %i", async (_, node) => {
  expect(await app.run(node, "cart-page.js")).toEqual({ stdout: printed, stderr: "" });
});

test.each(moduleModes)("strict TypeScript finds nothing wrong with the example or the package (%s)", async (mode) => {
  await checkTypes(app, mode, ["cart-page.ts"]);
});

/** Runs a bundle where only the bundle is. */
async function expectSmallBundle(bundle: string): Promise<void> {
  const bytes = gzipSync(bundle, { level: 9 }).length;
  expect(bytes).toBeLessThanOrEqual(cartPageBytesMax);
  app.write("alone/cart-page.mjs", bundle);
  expect((await app.run(process.execPath, "alone/cart-page.mjs")).stdout).toBe(printed);
}

test("esbuild makes a small page of it", async () => {
  const { outputFiles } = await esbuild({
    absWorkingDir: app.folder,
    entryPoints: ["cart-page.ts"],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  await expectSmallBundle(outputFiles[0]?.text ?? "");
});

test("Vite makes a small page of it", async () => {
  await vite({
    root: app.folder,
    configFile: false,
    logLevel: "silent",
    build: {
      modulePreload: false,
      outDir: "vite",
      rollupOptions: { input: join(app.folder, "cart-page.ts"), output: { entryFileNames: "cart-page.js" } },
    },
  });
  await expectSmallBundle(readFileSync(join(app.folder, "vite/cart-page.js"), "utf8"));
});

test("Rollup, which compiles nothing, makes a small page of it", async () => {
  const bundle = await rollup({
    input: join(app.folder, "cart-page.js"),
    plugins: [nodeResolve({ browser: true })],
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  const { output } = await bundle.generate({ format: "esm" });
  await expectSmallBundle(output[0].code);
});
