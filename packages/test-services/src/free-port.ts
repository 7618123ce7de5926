import { randomInt } from "node:crypto";
import { createServer } from "node:net";

// Below the ranges that systems use for outgoing connections (Linux: from 32768, macOS: from 49152). While a killed server is down,
// any client could take a port in those ranges, even a client that calls that server.
const PORT_FIRST = 15_000;
const PORT_LAST = 32_000;

/** A random TCP port on loopback that is free now, and that no outgoing connection takes by chance. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORT_FIRST, PORT_LAST + 1);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer()
    .once("error", () => resolve(false))
    .once("listening", () => server.close(() => resolve(true)))
    .listen(port, "127.0.0.1");
  return promise;
}
