import { randomInt } from "node:crypto";
import { createServer } from "node:net";

// Below the ranges from which systems take ports for outgoing connections (Linux: from 32768, macOS: from 49152). A port
// inside them may be taken by any client while a killed server is down, even by that server's own client calling it.
const PORT_FIRST = 15_000;
const PORT_LAST = 32_000;

/** A random TCP port on loopback that is free now, and that no outgoing connection will take by chance. */
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
