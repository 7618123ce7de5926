import type { Planted } from "../world.ts";

/** Mistakes between the feed and its consumers. */
export const feedBugs: Readonly<Record<string, Planted>> = {
  "a consumer's mark is kept before what it covers is handled": {
    consumer: (consumer) => ({
      ...consumer,
      handle: async (batch, stop) => {
        const position = batch.entries.at(-1)?.position ?? 0;
        await consumer.checkpoint.save({ epoch: batch.epoch, position });
        await consumer.handle(batch, stop);
      },
    }),
  },
  "a batch that could not be handled is passed over": {
    consumer: (consumer) => ({ ...consumer, handle: (batch, stop) => consumer.handle(batch, stop).catch(() => {}) }),
  },
  "a consumer skips the first of what has come": {
    queries: (queries) => ({ ...queries, feed: ({ after = 0, limit }) => queries.feed({ after: after + 1, limit }) }),
  },
};
