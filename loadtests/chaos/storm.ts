import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { loadKey } from "../deployments/load-key.ts";
import { type LoadResult, runScenario } from "../run-scenario.ts";

/** k6 shoppers that send every request several times at once, for as long as they are let. */
export interface Storm {
  /** Lets them finish what they are at, and audits their stock. The deployment has to be whole again. */
  end(): Promise<LoadResult>;
}

/** Starts so many of them on a deployment that is about to be broken, and waits until the first has bought something. */
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
  // Whoever waits for the end is told of what goes wrong from here on.
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
