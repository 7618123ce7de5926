import { type Database, Unavailable } from "@holdfast/engine";
import type { Collections } from "./collections.ts";
import { Deadline } from "./deadline.ts";
import { reached } from "./reached.ts";

/** A process that has not looked for this long writes nothing. */
const lookEveryMs = 5_000;

/** How long a look may take. */
const lookMsMax = 2_000;

/**
 * This long after `compatibleFrom` was raised no older process writes any more: its last look was up to 5 s before, and a commit that it
 * began then ends within 10 s.
 */
export const writesEndAfterMs = 20_000;

/**
 * Finds out whether the database has been migrated beyond this program while it runs. It looks before a write, where the last look was
 * more than 5 s ago: one read of one document.
 */
export class VersionWatch {
  readonly #meta: Collections["meta"];
  readonly #known: number;
  readonly #steady: () => number;
  #lookedAt: number;
  #compatibleFrom: number;
  #trouble: string | undefined;
  #looking: Promise<void> | undefined;

  /**
   * @param known the newest step that this program knows
   * @param compatibleFrom what the database has just said
   */
  constructor(
    { meta }: Pick<Collections, "meta">,
    known: number,
    compatibleFrom: number,
    steady: () => number = () => performance.now(),
  ) {
    this.#meta = meta;
    this.#known = known;
    this.#compatibleFrom = compatibleFrom;
    this.#steady = steady;
    this.#lookedAt = steady();
  }

  /** The step that every program which still writes knows, as of the last look. */
  get compatibleFrom(): number {
    return this.#compatibleFrom;
  }

  /** Throws `Unavailable` if this program must not write any more, or if it cannot find that out. */
  async expectCompatible(): Promise<void> {
    if (this.#steady() - this.#lookedAt >= lookEveryMs) {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
      await this.#looking;
    }
    if (this.#trouble !== undefined) throw new Unavailable(this.#trouble);
  }

  async #look(): Promise<void> {
    const began = this.#steady();
    const options = { maxTimeMS: lookMsMax };
    const schema = await reached(Deadline.in(lookMsMax).within(this.#meta.findOne({ _id: "schema" }, options)));
    const { compatibleFrom = 0 } = schema ?? {};
    this.#lookedAt = began;
    this.#compatibleFrom = compatibleFrom;
    this.#trouble =
      compatibleFrom <= this.#known
        ? undefined
        : "the database was migrated beyond this version of Holdfast: start this process again with a newer one";
  }
}

/** A database that writes nothing once it has been migrated beyond this program. Reads go on as well as they can. */
export function watched({ store, apiKeys, folds, sequencer, ...database }: Database, watch: VersionWatch): Database {
  return {
    ...database,
    store: {
      async transact(transaction) {
        try {
          await watch.expectCompatible();
        } catch (cause) {
          const reason = cause instanceof Unavailable ? cause.message : undefined;
          return { kind: "not_committed", transient: true, reason, cause };
        }
        return store.transact(transaction);
      },
    },
    apiKeys: {
      ...apiKeys,
      create: async (record) => {
        await watch.expectCompatible();
        return apiKeys.create(record);
      },
      revoke: async (id, at) => {
        await watch.expectCompatible();
        return apiKeys.revoke(id, at);
      },
    },
    folds: {
      foldOn: async (level) => {
        await watch.expectCompatible();
        return folds.foldOn(level);
      },
      forget: async (level) => {
        await watch.expectCompatible();
        return folds.forget(level);
      },
    },
    ...(sequencer && {
      sequencer: {
        stamp: async (limit) => {
          await watch.expectCompatible();
          return sequencer.stamp(limit);
        },
      },
    }),
    probe: async () => {
      await watch.expectCompatible();
      return database.probe();
    },
  };
}
