import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { create } from "@holdfast/testing";
import { build } from "esbuild";
import { expect, inject, onTestFinished, test } from "vitest";
import { OtherApp } from "./other-app.ts";
import { home } from "./published-packages.ts";
import { ServedShop } from "./served-shop.ts";

const readme = readFileSync(join(home, "packages/client/README.md"), "utf8");
const [, example = "", printed] = /```ts\n(.*?)```\n\n```text\n(.*?)```/s.exec(readme) ?? [];

/** What the whole client may cost a page, gzipped. */
const clientBytesMax = 8_000;

test("the whole client is small, and depends on nothing", async () => {
  const app = await OtherApp.with(inject("tarballs").filter(({ name }) => name === "@holdfast/client"));
  onTestFinished(() => app.remove());
  app.write("whole.js", 'export * from "@holdfast/client";\n');
  const { outputFiles } = await build({
    absWorkingDir: app.folder,
    entryPoints: ["whole.js"],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  expect(gzipSync(outputFiles[0]?.text ?? "", { level: 9 }).length).toBeLessThanOrEqual(clientBytesMax);
  const manifest = JSON.parse(readFileSync(join(home, "packages/client/package.json"), "utf8"));
  expect(manifest).not.toHaveProperty("dependencies");
});

test.each([
  ["Bun", "bun@1", ["bun", "client.ts"]],
  ["Deno", "deno@2", ["deno", "run", "--allow-env", "--allow-net", "client.ts"]],
])("the README's example prints what the README says on %s", async (_, runtime, [program = "", ...words]) => {
  const shop = await ServedShop.with(create("tea", 100));
  onTestFinished(() => shop.close());
  const app = await OtherApp.with(
    inject("tarballs").filter(({ name }) => name === "@holdfast/client"),
    runtime,
  );
  onTestFinished(() => app.remove());
  app.write("client.ts", example);
  const { stdout } = await app.runWith({ HOLDFAST_URL: shop.url }, `node_modules/.bin/${program}`, ...words);
  expect(stdout).toBe(printed);
});
