import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { ApiReader } from "@holdfast/audit";
import { freePort, REPOSITORY_FOLDER } from "@holdfast/test-services";
import { keyHeader } from "../../deployments/deployment.ts";
import { startStandalone } from "../../deployments/standalone.ts";
import { skusOf } from "../../scenarios/sizes.ts";
import type { Figures } from "../figures.ts";
import { closedLoop } from "../load/closed-loop.ts";
import { openStreams } from "../load/feed-readers.ts";
import { openInspector } from "../load/node-inspector.ts";
import { placing } from "../place-orders.ts";
import type { ProcessScenario, RoundResult } from "../scenario.ts";
import { auditSums } from "../stock/audit-round.ts";
import { createProducts, plenty } from "../stock/products.ts";
import { readLists } from "../stock/read-lists.ts";

/** Long enough that nothing expires during the measurement. */
const holdSeconds = 86_400;

const bytesPerMegabyte = 1_000_000;

/** After this a process that is asked nothing has done all that starting makes it do. */
const restMs = 6_000;

/** How the memory of a process grows with the orders that it has handled. */
export const memory: ProcessScenario = {
  kind: "process",
  name: "memory",
  says: "resident memory of the standalone, installed and asked nothing, and with idle streams; and from sources after 10,000 and after 1M orders, with its lists read meanwhile",
  counts: "orders",
  variants: ["standalone"],
  roundsMax: 1,
  run: async ({ run, connections, sizes }): Promise<RoundResult> => {
    const atRest = await measureAtRest();
    const port = await freePort();
    const standalone = await startStandalone({ env: { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` } });
    const { urls, apiKey } = standalone;
    const [url = ""] = urls;
    try {
      const inspector = await openInspector(port);
      const skus = skusOf(run, sizes.spreadSkus);
      await createProducts(standalone, skus, plenty);
      let sent = 0;
      const nextOrder = () => {
        sent += 1;
        return JSON.stringify({ lines: [{ sku: skus[sent % skus.length], quantity: 1 }], holdSeconds });
      };
      const place = (amount: number) => closedLoop({ urls, apiKey, steps: [placing(nextOrder)], connections, amount });

      const readers = readLists(standalone);
      const few = await place(sizes.memoryOrdersFew);
      const fewBytes = await inspector.residentBytes();
      const more = await place(Math.max(connections, sizes.memoryOrders - sizes.memoryOrdersFew));
      const manyBytes = await inspector.residentBytes();
      await readers.stop();
      inspector.close();

      const { rate, p50, p99, slowest } = more;
      const figures = {
        ...{ rate, p50, p99, slowest },
        ...atRest,
        fewMegabytes: fewBytes / bytesPerMegabyte,
        manyMegabytes: manyBytes / bytesPerMegabyte,
      };
      const breaches = await auditSums(new ApiReader(url, { apiKey }), skus, few.expected + more.expected);
      return { figures, errors: few.errors + more.errors, breaches };
    } finally {
      await standalone.stop();
    }
  },
};

/** Streams that are opened at a time, and left idle. */
const streams = 1_000;

/** An installed standalone that was started once before, so that its code is compiled: asked nothing, and with idle streams. Collects no garbage. */
async function measureAtRest(): Promise<Figures> {
  await promisify(execFile)(process.execPath, [join(REPOSITORY_FOLDER, "apps/holdfast/build-program.ts")]);
  await (await startStandalone({ built: true })).stop();
  const { urls, apiKey, stop } = await startStandalone({ built: true });
  const opened: Awaited<ReturnType<typeof openStreams>>[] = [];
  try {
    const ask = (path: string) => fetch(`${urls[0]}${path}`, { headers: keyHeader(apiKey) });
    const megabytes = async () => {
      await wait(restMs);
      const page = await (await ask("/metrics")).text();
      return Number(/^process_resident_memory_bytes (\S+)$/m.exec(page)?.[1]) / bytesPerMegabyte;
    };
    const restMegabytes = await megabytes();
    const { nextCursor } = (await (await ask("/v1/events")).json()) as { readonly nextCursor: string };
    const open = async () => opened.push(await openStreams({ url: urls[0] ?? "", apiKey }, streams, nextCursor));
    await open();
    const withStreams = await megabytes();
    await open();
    const withMore = await megabytes();
    return {
      restMegabytes,
      firstStreamsMegabytes: withStreams - restMegabytes,
      moreStreamsMegabytes: withMore - withStreams,
    };
  } finally {
    for (const reading of opened) await reading.stop();
    await stop();
  }
}
