import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { freePort, spawnNode } from "@holdfast/test-services";
import { create } from "@holdfast/testing";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { nodeVersions } from "./node-versions.ts";
import { OtherApp } from "./other-app.ts";
import { ServedShop } from "./served-shop.ts";

let app: OtherApp;

beforeAll(async () => {
  app = await OtherApp.with(inject("tarballs").filter(({ name }) => name === "holdfast"));
});

afterAll(() => app.remove());

/** What a user types, on the Node that runs this. */
function npx(...words: readonly string[]) {
  const PATH = `${dirname(process.execPath)}:${process.env["PATH"]}`;
  return app.runWith({ PATH }, "npx", "holdfast", ...words);
}

test("npx finds the program, and it says what there is", async () => {
  const { stdout, stderr } = await npx("--help");
  expect(stdout).toMatch(/^ {2}holdfast storm URL/m);
  expect(stderr).toBe("");
});

test("the installed program serves a shop, fills it, storms it and finds its books in order", async () => {
  const port = await freePort();
  const shop = await spawnNode({
    entry: join(app.folder, "node_modules/holdfast/dist/main.js"),
    arguments: ["serve", "--port", String(port), "--database", `file:${app.folder}/shop.db`],
    env: { DEMO_CATALOGUE: "off" },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  try {
    const file = join(app.folder, "shop.ndjson");
    const price = { amount: 450, currency: "EUR" };
    const row = `${JSON.stringify({ sku: "tea", name: "Green tea", price, stock: { main: 12 } })}\n`;
    writeFileSync(file, row);
    expect((await npx("import", shop.url, file)).stdout).toMatch(/1 created/);
    expect((await npx("export", shop.url)).stdout).toBe(row);
    const storm = await npx("storm", shop.url, "--buyers", "20", "--report", "json");
    expect(JSON.parse(storm.stdout)).toMatchObject({ ok: true, buyers: 20 });
    expect((await npx("audit", shop.url)).stdout).toMatch(/2 SKUs.*Every promise is kept/s);

    const page = await (await fetch(`${shop.url}/`)).text();
    for (const [, path] of page.matchAll(/"(\/dashboard\/[^"]+)"/g)) {
      expect((await fetch(`${shop.url}${path}`)).status).toBe(200);
    }
    expect((await fetch(`${shop.url}/docs/assets/swagger-ui.css`)).status).toBe(200);
  } finally {
    expect(await shop.stop()).toBe(0);
  }
});

test("on Node 20 it says in one line that SQLite needs a later one, and does the rest", async () => {
  const node = nodeVersions.get(20) ?? "";
  const main = join(app.folder, "node_modules/holdfast/dist/main.js");
  const serving = app.run(node, main, "serve", "--database", `file:${app.folder}/other.db`);
  await expect(serving).rejects.toThrow(/needs Node 22\.16 or later; this is Node 20/);
  const listing = app.run(node, main, "keys", "list").catch(({ message }: Error) => message);
  expect(await listing).toMatch(/^holdfast keys cannot start: .*needs Node 22\.16 or later; this is Node 20/m);
  expect(await listing).not.toMatch(/^\s+at /m);
  const file = join(app.folder, "row.ndjson");
  writeFileSync(file, '{"sku":"tea","name":"Tea","price":{"amount":1,"currency":"EUR"}}\n');
  expect((await app.run(node, main, "import", file, "--dry-run")).stdout).toMatch(/1 can be read, 0 cannot/);
  const shop = await ServedShop.with(create("tea", 9));
  onTestFinished(() => shop.close());
  await app.run(node, main, "audit", shop.url);
  await app.run(node, main, "storm", shop.url, "--buyers", "20", "--stock", "5");
});
