import { assert } from "@holdfast/domain";
import type { Sequencer } from "@holdfast/engine";
import type { ClientSession } from "mongodb";
import type { Collections, FeedDocument } from "./collections.ts";
import { Deadline } from "./deadline.ts";
import { reached } from "./reached.ts";

/** How long one round may take. It is small, and the next one is soon. */
const stampMsMax = 5_000;

/**
 * Gives journal entries their positions, in three steps that anyone can go on with:
 *
 * 1. The feed's document names the entries that come next, in order: whoever changes it from what it was decides that, for
 *    everybody.
 * 2. Those entries are given their positions. Done twice, or by two at once, it comes to the same.
 * 3. The feed's document moves its end behind them.
 *
 * Not one transaction: MongoDB keeps what a killed process leaves open for a minute, and nobody could go on meanwhile.
 * Who reads the feed stops before a position that is not there yet. An entry that becomes visible later than a younger
 * one gets a later position, and is never skipped.
 */
export class MongoSequencer implements Sequencer {
  readonly #collections: Collections;

  constructor(collections: Collections) {
    this.#collections = collections;
  }

  stamp(limit: number): Promise<number> {
    const { client } = this.#collections;
    // One session: each step sees at least what the step before it saw, whichever server answers.
    const round = client.withSession((session) => this.#stamp(session, limit));
    return reached(Deadline.in(stampMsMax).within(round));
  }

  async #stamp(session: ClientSession, limit: number): Promise<number> {
    const feed = await this.#feed(session);
    const next = feed.next.length > 0 ? feed.next : await this.#decideNext(session, feed.end, limit);
    if (next.length > 0) await this.#finish(session, feed.end, next);
    return next.length;
  }

  async #feed(session: ClientSession): Promise<FeedDocument> {
    const feed = await this.#collections.feed.findOne({ _id: "feed" }, { session });
    assert(feed !== null, "the database has lost the end of its feed");
    return feed;
  }

  /** Empty where there is nothing to number, or another sequencer was quicker. */
  async #decideNext(session: ClientSession, end: number, limit: number): Promise<readonly string[]> {
    const { journal, feed } = this.#collections;
    const unstamped = await journal
      .find<{ _id: string }>({ position: 0 }, { session, projection: { _id: 1 } })
      .sort({ clusterTime: 1, _id: 1 })
      .limit(limit)
      .toArray();
    const next = unstamped.map(({ _id }) => _id);
    if (next.length === 0) return [];
    // The end only grows, so where it is still the same nothing has been numbered since it was read.
    const decided = await feed.updateOne({ _id: "feed", end, next: [] }, { $set: { next } }, { session });
    return decided.matchedCount === 1 ? next : [];
  }

  async #finish(session: ClientSession, end: number, next: readonly string[]): Promise<void> {
    const { journal, feed } = this.#collections;
    const positions = next.map((_id, index) => ({
      updateOne: { filter: { _id, position: 0 }, update: { $set: { position: end + index + 1 } } },
    }));
    await journal.bulkWrite(positions, { session, ordered: false });
    await feed.updateOne({ _id: "feed", end }, { $set: { end: end + next.length, next: [] } }, { session });
  }
}
