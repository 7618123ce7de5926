import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { serveHealth } from "./health-server.ts";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("tells whether the process lives, and whether it does its work", async () => {
  const port = await freePort();
  let ready = false;
  const server = await serveHealth(port, () => ready);
  onTestFinished(() => server.close());
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  expect([await status("/healthz"), await status("/readyz"), await status("/")]).toEqual([200, 503, 404]);
  ready = true;
  expect(await status("/readyz")).toBe(200);
  await expect(serveHealth(port, () => true)).rejects.toThrow(/EADDRINUSE/);
});
