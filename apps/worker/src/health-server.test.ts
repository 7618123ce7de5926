import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Registry, redisMetrics } from "@holdfast/metrics";
import { expect, onTestFinished, test } from "vitest";
import { serveHealth } from "./health-server.ts";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("shows whether the process lives, and whether it does its work", async () => {
  const port = await freePort();
  let ready = false;
  const registry = new Registry();
  redisMetrics(registry, () => ready);
  const server = await serveHealth(
    { port, host: "127.0.0.1" },
    async () => (ready ? undefined : "no sweep has gone well of late"),
    registry,
  );
  onTestFinished(() => server.close());
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  expect([await status("/healthz"), await status("/readyz"), await status("/")]).toEqual([200, 503, 404]);
  const posted = await fetch(`http://127.0.0.1:${port}/readyz`, { method: "POST" });
  expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  const notReady = await (await fetch(`http://127.0.0.1:${port}/readyz`)).json();
  expect(notReady).toEqual({ status: "unavailable", trouble: "no sweep has gone well of late" });
  ready = true;
  expect(await status("/readyz")).toBe(200);
  const page = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
  expect(await page.text()).toContain("holdfast_redis_reachable 1\n");
  await expect(serveHealth({ port, host: "127.0.0.1" }, async () => undefined, registry)).rejects.toThrow(
    `port ${port} of 127.0.0.1 is taken: end the program that listens there, or set HEALTH_PORT to another port`,
  );
});

test("lives on where a figure cannot be read", async () => {
  const port = await freePort();
  const registry = new Registry();
  redisMetrics(registry, () => {
    throw new Error("EMFILE: too many open files");
  });
  const server = await serveHealth({ port, host: "127.0.0.1" }, async () => undefined, registry);
  onTestFinished(() => server.close());
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(500);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});
