import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { listenProblem } from "./listen-problem.ts";

/** The error that listening there fails with. */
function failureOf(port: number, host: string): Promise<string> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", (error) => {
      resolve(listenProblem(error, { portVariable: "PORT", port, hostVariable: "HOST", host }).message);
    });
    server.listen(port, host, () => server.close(() => resolve("listens")));
  });
}

test("a port that is taken is named, with what to do", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(await failureOf(port, "127.0.0.1")).toBe(
    `port ${port} of 127.0.0.1 is taken: end the program that listens there, or set PORT to another port`,
  );
});

test("a host that is not of this machine is named", async () => {
  expect(await failureOf(0, "192.0.2.1")).toMatch(
    /^HOST=192\.0\.2\.1 is not an address of this machine; 127\.0\.0\.1 serves/,
  );
});
