import { setTimeout as wait } from "node:timers/promises";
import { keyHeader } from "../../deployments/deployment.ts";
import type { Shop } from "./products.ts";

const pauseMs = 50;

/** Pages through the newest orders again and again, as a back office does, until stopped. */
const pagesPerReader = 50;

/** Reads lists of orders until `stop`, which throws if a read was not answered with 200. */
export function readLists({ urls: [url], apiKey }: Shop): { stop(): Promise<void> } {
  let stopped = false;
  const reading = (async () => {
    while (!stopped) {
      let cursor: string | null = null;
      for (let page = 0; page < pagesPerReader && !stopped; page += 1) {
        const query = new URLSearchParams({ limit: "200", ...(cursor === null ? {} : { cursor }) });
        const response = await fetch(`${url}/v1/orders?${query}`, { headers: keyHeader(apiKey) });
        if (response.status !== 200) throw new Error(`a list of orders answered ${response.status}`);
        ({ nextCursor: cursor } = (await response.json()) as { nextCursor: string | null });
        if (cursor === null) break;
        await wait(pauseMs);
      }
      await wait(pauseMs);
    }
  })();
  // `stop` throws it.
  reading.catch(() => {});
  return {
    async stop() {
      stopped = true;
      await reading;
    },
  };
}
