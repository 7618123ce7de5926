import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { create } from "@holdfast/testing";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
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

/** The README's example as a Worker, which may ask for something only while it answers: what it prints is the answer. */
function workerOf(code: string): string {
  const isImport = (line: string) => line.startsWith("import ");
  const lines = code.split("\n");
  return [
    ...lines.filter(isImport),
    "export default { async fetch(_request: Request, env: Record<string, string>): Promise<Response> {",
    "const said: unknown[] = [];",
    "const process = { env };",
    "const console = { log: (word: unknown) => said.push(word) };",
    ...lines.filter((line) => !isImport(line)),
    "for await (const { event } of client.events.stream()) { console.log(event.type); break; }",
    'return new Response(said.map((word) => word + "\\n").join(""));',
    "} };",
  ].join("\n");
}

test("the README's example prints what the README says in a Worker, which reads the feed as well", async () => {
  const shop = await ServedShop.with(create("tea", 100));
  onTestFinished(() => shop.close());
  const app = await OtherApp.with(inject("tarballs").filter(({ name }) => name === "@holdfast/client"));
  onTestFinished(() => app.remove());
  app.write("worker.ts", workerOf(example));
  const { outputFiles } = await build({
    absWorkingDir: app.folder,
    entryPoints: ["worker.ts"],
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "import"],
    write: false,
  });
  const runtime = new Miniflare({
    modules: [{ type: "ESModule", path: "worker.mjs", contents: outputFiles[0]?.text ?? "" }],
    compatibilityDate: "2026-05-03",
    bindings: { HOLDFAST_URL: shop.url },
  });
  onTestFinished(() => runtime.dispose());
  const answer = await runtime.dispatchFetch("http://worker/");
  expect(await answer.text()).toBe(`${printed}ProductCreated\n`);
});
