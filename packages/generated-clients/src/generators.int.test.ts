import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectedOutput, type Server, serveHoldfast, tryGenerator } from "./try-generator.ts";

let folder: string;
let server: Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "holdfast-clients-"));
  server = await serveHoldfast(folder);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

// `pnpm clients` tries those that need Java, Go or packages of Python as well.
test.each(["openapi-typescript", "hey-api"] as const)(
  "a client made by %s compiles, places and confirms an order, and knows a refusal by its code",
  async (name) => {
    expect(await tryGenerator(name, server)).toBe(expectedOutput);
  },
);
