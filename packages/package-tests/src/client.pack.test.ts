import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, inject, onTestFinished, test } from "vitest";
import { OtherApp } from "./other-app.ts";
import { home } from "./published-packages.ts";

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
