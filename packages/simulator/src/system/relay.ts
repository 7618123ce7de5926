import type { FeedConsumer, FeedMark } from "@holdfast/scheduler";
import type { World } from "../world.ts";

/** Between two looks of a worker at the end of the feed. */
export const relayLookMs = 4_000;

/** How far behind the relay may be without faults: one look and several slow batches. */
export const relayLagMsMax = 15_000;

/** The time for each commit that it is behind, with its share of a batch's checkpoint. */
export const relayMsMax = 1_500;

/** A receiver of every commit, as of a webhook, with the one checkpoint that all workers share. */
export class Relay {
  readonly #world: World;
  #mark: FeedMark | undefined;
  /** Every commit up to this position has arrived. */
  #arrived = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get arrived(): number {
    return this.#arrived;
  }

  /** One worker's consumer for it. It ends with the worker, whatever is under way. */
  consumer(isDead: () => boolean): FeedConsumer {
    const { time, random, faults } = this.#world;
    const travel = async () => {
      await time.sleep(random.between(1, 600));
      if (isDead()) await new Promise(() => {});
    };
    const mayFail = (where: string) => {
      if (faults.strikes("relay fails")) throw new Error(`${where} does not answer`);
    };
    return {
      name: "relay",
      handle: async ({ entries }) => {
        for (const { position } of entries) {
          await travel();
          mayFail("the receiver");
          this.#arrive(position);
        }
      },
      checkpoint: {
        load: async () => {
          await travel();
          return this.#mark;
        },
        save: async (mark) => {
          await travel();
          mayFail("the checkpoint");
          this.#mark = mark;
          await travel();
        },
      },
    };
  }

  #arrive(position: number): void {
    if (position > this.#arrived + 1) {
      this.#world.history.violate(`commit ${position} came to the relay, and ${this.#arrived + 1} had not`);
    }
    this.#arrived = Math.max(this.#arrived, position);
  }
}
