import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { loadKey } from "../deployments/deployment.ts";
import { type LoadResult, runScenario } from "../run-scenario.ts";

/** k6 shoppers that send every request several times at once, until stopped. */
export interface Storm {
  /** Lets them finish, and audits their stock. The deployment must work again by then. */
  end(): Promise<LoadResult>;
}

/** Starts this many of them, and waits until the first has bought something. */
export async function startStorm(urls: readonly string[], shoppers: number): Promise<Storm> {
  let open = true;
  const bought = Promise.withResolvers<void>();
  const door = createServer((_request, response) => {
    bought.resolve();
    response.writeHead(open ? 200 : 410).end();
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const { port } = door.address() as AddressInfo;
  const result = runScenario({
    name: "chaos-storm",
    urls,
    apiKey: loadKey,
    sizes: { AT_ONCE: shoppers },
    allowOutages: true,
    env: { KEEP_GOING_URL: `http://127.0.0.1:${port}` },
  });
  await Promise.race([bought.promise, result]);
  // From here on `end` reports what goes wrong.
  result.catch(() => {});
  return {
    async end() {
      open = false;
      try {
        return await result;
      } finally {
        door.closeAllConnections();
        door.close();
      }
    },
  };
}
