import type { Sequencer } from "@holdfast/engine";
import type { Job } from "@holdfast/scheduler";

/** The bounds of the sequencer's work, with their reasons. */
export const feedLimits = {
  /** Time between two rounds: how late the feed can be. */
  intervalMs: 250,
  /** Commits that get their positions in one round: one write of some tens of kilobytes. */
  commitsPerRound: 500,
} as const;

/** Gives commits their positions in the feed, and continues at once if there are more than fit into one round. */
export function feedSequencing(sequencer: Sequencer, intervalMs: number): Job {
  return {
    name: "feed_sequencing",
    async work() {
      const stamped = await sequencer.stamp(feedLimits.commitsPerRound);
      return { restMs: stamped < feedLimits.commitsPerRound ? intervalMs : 0 };
    },
  };
}
