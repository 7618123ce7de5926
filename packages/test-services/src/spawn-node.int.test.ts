import { expect, test } from "vitest";
import { freePort } from "./free-port.ts";
import { spawnNode } from "./spawn-node.ts";

const entry = "packages/test-services/src/fixtures/ready-app.ts";

test("gives the URL of an app that answers, and stops it", async () => {
  const port = await freePort();
  const app = await spawnNode({ entry, env: { PORT: String(port) }, readyUrl: `http://127.0.0.1:${port}/readyz` });
  expect(app.url).toBe(`http://127.0.0.1:${port}`);
  expect((await fetch(app.url)).status).toBe(200);
  expect(await app.stop()).toBe(0);
  await expect(fetch(app.url)).rejects.toThrow();
});

test("waits for a line of its output", async () => {
  const app = await spawnNode({ entry, env: { SAYS: "worker ready" }, readyLine: "worker ready" });
  expect(app.logs()).toContain("worker ready");
  await app.kill();
  expect(await app.exited).toBeNull();
});

test("says what an app wrote that ends instead of starting", async () => {
  const missing = "packages/test-services/src/fixtures/no-such-app.ts";
  await expect(spawnNode({ entry: missing, readyLine: "never" })).rejects.toThrow(
    /ended while it was starting[\s\S]*no-such-app/,
  );
});
