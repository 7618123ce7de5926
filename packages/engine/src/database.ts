import type { Unreadable } from "@holdfast/domain";
import type { ApiKeys } from "./ports/api-keys.ts";
import type { Folds } from "./ports/folds.ts";
import type { Queries } from "./ports/queries.ts";
import type { Sequencer } from "./ports/sequencer.ts";
import type { Store } from "./ports/store.ts";

/** An opened database: what an adapter package hands to an app's wiring. */
export interface Database {
  readonly store: Store;
  readonly queries: Queries;
  readonly apiKeys: ApiKeys;
  readonly folds: Folds;
  /** Journal entries met at opening whose time is not believed: see `newestEntries`. Worth a line in the log. */
  readonly doubtful?: readonly Unreadable[];
  /** Must be called for the feed to advance. Left out where each commit gets its position as it is written. */
  readonly sequencer?: Sequencer;
  /**
   * Writes next to nothing, the way a commit is written, and resolves once it is as durable. Rejects with an `Outage` that says
   * what is wrong. May take as long as the database hangs.
   */
  probe(): Promise<void>;
  close(): Promise<void>;
}
