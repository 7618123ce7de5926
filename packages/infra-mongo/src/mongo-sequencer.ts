import type { Sequencer } from "@holdfast/engine";
import type { ClientSession } from "mongodb";
import type { Collections } from "./collections.ts";
import { duplicateKey } from "./conflicts.ts";
import { Deadline } from "./deadline.ts";
import { lastOf, newestSegment, segmentEntriesMax } from "./mongo-feed.ts";
import { reached } from "./reached.ts";

/** How long one round may take. It is small, and the next one is soon. */
const stampMsMax = 5_000;

/**
 * Gives journal entries their positions. Each commit leaves a note in the outbox. A round adds one segment to the feed: the ids
 * of the entries that come next, beginning where the last segment ends. A segment's first position is its `_id`, so that of
 * several sequencers that are about to give a place away, one does and the others find it taken.
 *
 * The sequencer that adds the next segment removes the notes of the last one first, since a sequencer may die anywhere. So nothing but
 * the last segment's notes can still be there, and nothing is given two places.
 *
 * An entry that becomes visible later than a younger one gets a later position, and is never skipped.
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
    const { outbox, feed } = this.#collections;
    const segment = await newestSegment(feed, { session });
    const end = segment === null ? 0 : lastOf(segment);
    if (Array.isArray(segment?.entries)) {
      await outbox.deleteMany({ _id: { $in: [...segment.entries] } }, { session });
    }
    const notes = await outbox
      .find({}, { session })
      .sort({ clusterTime: 1, _id: 1 })
      .limit(Math.min(limit, segmentEntriesMax))
      .toArray();
    if (notes.length === 0) return 0;
    try {
      const entries = notes.map(({ _id }) => _id);
      await feed.insertOne({ _id: end + 1, last: end + entries.length, entries }, { session });
      return notes.length;
    } catch (error) {
      if (duplicateKey(error) === undefined) throw error;
      return 0; // another sequencer was quicker
    }
  }
}
