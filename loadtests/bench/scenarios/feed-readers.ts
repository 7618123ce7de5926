import { assert } from "@holdfast/domain";
import { encodeCursor } from "@holdfast/http-contract";
import { openStreams } from "../load/feed-readers.ts";
import { placeOrders } from "../place-orders.ts";
import type { LoadScenario, Round } from "../scenario.ts";

/** Placing orders while many readers follow the feed. */
export const feedReaders: LoadScenario = {
  kind: "load",
  name: "feed-readers",
  says: "orders of one SKU, while many readers follow the feed from its end",
  counts: "orders",
  variants: ["standalone"],
  // Without readers, with them, and without again, so that a machine that slows down affects both figures.
  run: async (round) => {
    const before = await placeOrders({ ...round, run: `${round.run}-before` }, { skuCount: 1 });
    const readers = await startReaders(round);
    const followed = await placeOrders(round, { skuCount: 1 });
    const megabytes = await readers.stop();
    const after = await placeOrders({ ...round, run: `${round.run}-after` }, { skuCount: 1 });
    const all = [before, followed, after];
    return {
      figures: {
        ...followed.figures,
        aloneRate: (before.figures.rate + after.figures.rate) / 2,
        aloneP99: ((before.figures.p99 ?? Number.NaN) + (after.figures.p99 ?? Number.NaN)) / 2,
        feedMegabytes: megabytes,
      },
      errors: all.reduce((sum, { errors }) => sum + errors, 0),
      breaches: all.flatMap(({ breaches = [] }) => breaches),
    };
  },
};

/** Readers in a separate process, at the end of the feed. `stop` returns the megabytes that they have received. */
async function startReaders({ deployment, sizes }: Round): Promise<{ stop(): Promise<number> }> {
  assert(deployment.openDatabase !== undefined, "the end of the feed is read from the database");
  const database = await deployment.openDatabase();
  const { epoch, position } = await database.queries.feedEnd();
  await database.close();
  const [url = ""] = deployment.urls;
  const cursor = encodeCursor(["event", epoch, position + 1, 0]);
  const { apiKey } = deployment;
  return await openStreams({ url, apiKey }, sizes.feedReaders, cursor);
}
