import { Unavailable } from "@holdfast/engine";
import { openMemory } from "@holdfast/memory-store";
import { create, RecordedLogger, Shop, settlingTimers } from "@holdfast/testing";
import { expect, test } from "vitest";
import { BackgroundLoop } from "./background-loop.ts";
import { type FeedConsumer, type FeedMark, feedConsumption } from "./feed-consumer.ts";

const epochOf = (letter: string) => letter.repeat(26) as FeedMark["epoch"];

/** A database whose feed is of one epoch, and to which a test adds commits. */
async function feedOf(commits: number, letter = "A") {
  const database = openMemory(undefined, epochOf(letter));
  const shop = new Shop(database);
  let skus = 0;
  const commit = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      skus += 1;
      await shop.ask(create(`sku-${skus}`, 1));
    }
  };
  await commit(commits);
  return { database, commit };
}

/** A consumer that notes what it gets. Its checkpoint outlives the loops that a test starts. */
class TestConsumer implements FeedConsumer {
  readonly name = "tea_relay";
  /** `epoch positions`, a batch each. */
  readonly handled: string[] = [];
  readonly saved: FeedMark[] = [];
  /** The abort signal of the last batch. */
  stop: AbortSignal | undefined;
  handleFails = false;
  saveFails = false;

  readonly handle: FeedConsumer["handle"] = async ({ epoch, entries }, stop) => {
    this.stop = stop;
    this.handled.push(`${epoch[0]} ${entries.map(({ position }) => position).join()}`);
    if (this.handleFails) throw new Error("the tea house does not answer");
  };

  readonly checkpoint: FeedConsumer["checkpoint"] = {
    load: async () => this.saved.at(-1),
    save: async (mark) => {
      if (this.saveFails) throw new Unavailable("the checkpoint cannot be kept");
      this.saved.push(mark);
    },
  };
}

type TestFeed = Pick<Awaited<ReturnType<typeof feedOf>>, "database">;

/** A process that runs a consumer, from now on until it is stopped. */
function run(consumer: FeedConsumer, { database }: TestFeed) {
  const time = settlingTimers();
  const job = feedConsumption(consumer, { queries: database.queries, intervalMs: 250, batchSize: 3 });
  const loop = new BackgroundLoop(job, { logger: new RecordedLogger(), timers: time });
  loop.start();
  return { time, job, loop };
}

test("hands over the feed from its start, a batch at a time, and then what comes", async () => {
  const consumer = new TestConsumer();
  const feed = await feedOf(7);
  const { time } = run(consumer, feed);
  await time.pass(0);
  expect(consumer.handled).toEqual(["A 1,2,3", "A 4,5,6", "A 7"]);
  await feed.commit(2);
  await time.pass(249);
  expect(consumer.handled).toHaveLength(3);
  await time.pass(1);
  expect(consumer.handled.slice(3)).toEqual(["A 8,9"]);
});

test("goes on from its checkpoint in the next process", async () => {
  const consumer = new TestConsumer();
  const feed = await feedOf(4);
  const first = run(consumer, feed);
  await first.time.pass(0);
  await first.loop.stop();
  expect(consumer.stop?.aborted).toBe(true);
  await feed.commit(1);
  await run(consumer, feed).time.pass(0);
  expect(consumer.handled).toEqual(["A 1,2,3", "A 4", "A 5"]);
});

test("hands a batch again until it is handled, and nothing behind it before; the checkpoint waits", async () => {
  const consumer = new TestConsumer();
  consumer.handleFails = true;
  const { time } = run(consumer, await feedOf(4));
  await time.pass(1_000);
  expect([consumer.handled, consumer.saved]).toEqual([["A 1,2,3", "A 1,2,3", "A 1,2,3"], []]);
  consumer.handleFails = false;
  await time.pass(1_000);
  expect(consumer.handled.slice(3)).toEqual(["A 1,2,3", "A 4"]);
  expect(consumer.saved.map(({ position }) => position)).toEqual([3, 4]);
});

test("hands a batch again whose checkpoint could not be kept", async () => {
  const consumer = new TestConsumer();
  consumer.saveFails = true;
  const { time } = run(consumer, await feedOf(1));
  await time.pass(0);
  consumer.saveFails = false;
  await time.pass(5_000);
  expect(consumer.handled).toEqual(["A 1", "A 1"]);
});

test("begins with the new feed after a restore", async () => {
  const consumer = new TestConsumer();
  const { time, loop } = run(consumer, await feedOf(5));
  await time.pass(0);
  await loop.stop();
  await run(consumer, await feedOf(2, "B")).time.pass(0);
  expect(consumer.handled).toEqual(["A 1,2,3", "A 4,5", "B 1,2"]);
  expect(consumer.saved.at(-1)).toEqual({ epoch: epochOf("B"), position: 2 });
});

test("goes on at the end of a feed that was put back to an earlier state by hand", async () => {
  const consumer = new TestConsumer();
  const { time, loop } = run(consumer, await feedOf(5));
  await time.pass(0);
  await loop.stop();
  const earlier = await feedOf(2);
  const second = run(consumer, earlier);
  await second.time.pass(0);
  await second.loop.stop();
  await earlier.commit(4);
  await run(consumer, earlier).time.pass(0);
  expect(consumer.handled).toEqual(["A 1,2,3", "A 4,5", "A 3,4,5", "A 6"]);
});

test("shows how far it has come, and how far it is behind", async () => {
  const consumer = new TestConsumer();
  const feed = await feedOf(4);
  const { time, job } = run(consumer, feed);
  expect(job.progress).toBeUndefined();
  await time.settled();
  expect(job.progress).toEqual({ position: 3, behind: 1 });
  await time.pass(0);
  expect(job.progress).toEqual({ position: 4, behind: 0 });
  consumer.handleFails = true;
  await feed.commit(2);
  await time.pass(2_000);
  expect(job.progress).toEqual({ position: 4, behind: 2 });
});
