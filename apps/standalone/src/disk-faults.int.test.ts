import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort, lockFile, type NodeServerApp, spawnNode, takeAllDescriptors } from "@holdfast/test-services";
import { expect, onTestFinished, test } from "vitest";

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-disk-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "shop.db");
}

async function start(file: string, more: { openFilesMax?: number } = {}): Promise<NodeServerApp> {
  const port = await freePort();
  const app = await spawnNode({
    entry: "apps/standalone/src/main.ts",
    env: { PORT: String(port), DATABASE_URL: `file:${file}` },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
    ...more,
  });
  onTestFinished(() => app.kill());
  return app;
}

/** The status of an order, or of `/readyz`, with what the answer says is wrong. */
async function ask(app: NodeServerApp, path: string, agent?: Agent): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const method = path === "/readyz" ? "GET" : "POST";
  const headers = { "content-type": "application/json" };
  const asked = request(`${app.url}${path}`, { method, headers, ...(agent && { agent }) }, async (response) => {
    let text = "";
    for await (const part of response.setEncoding("utf8")) text += part;
    const { detail, troubles } = JSON.parse(text) as { detail?: string; troubles?: { database?: string } };
    resolve([response.statusCode, detail ?? troubles?.database ?? ""].join(" ").trim());
  });
  asked.on("error", reject);
  asked.end(method === "POST" ? JSON.stringify({ lines: [{ sku: "tea-green", quantity: 1 }] }) : undefined);
  return await promise;
}

async function untilReady(app: NodeServerApp): Promise<void> {
  while ((await ask(app, "/readyz").catch(() => "")) !== "200") await wait(50);
}

const locked = "atabase cannot be written: another program has locked its file";

test("a file that another program locks is 503 with the right words, in `/readyz` too, until it is let go", async () => {
  const file = newFile();
  const app = await start(file);
  const unlock = await lockFile(file);
  expect(await ask(app, "/v1/orders")).toBe(`503 The d${locked}.`);
  expect(await ask(app, "/readyz")).toBe(`503 the d${locked}`);
  await unlock();
  await untilReady(app);
  expect(await ask(app, "/v1/orders")).toBe("201");
});

test("a process without a free file descriptor lives, sells to those who are connected, and takes others again later", async () => {
  const app = await start(newFile(), { openFilesMax: 100 });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  expect(await ask(app, "/v1/orders", agent)).toBe("201");
  const letGo = await takeAllDescriptors(app.url);
  for (let n = 0; n < 20; n += 1) expect(await ask(app, "/v1/orders", agent)).toBe("201");
  letGo();
  await untilReady(app);
  expect(await ask(app, "/v1/orders")).toBe("201");
});

test("a second process on the file is refused in one line, also after the first was killed and another one came", async () => {
  const file = newFile();
  const first = await start(file);
  await expect(start(file)).rejects.toThrow(`${file} is served by another Holdfast process. Stop that one first`);
  await first.kill();
  await start(file);
  await expect(start(file)).rejects.toThrow("is served by another Holdfast process");
});
