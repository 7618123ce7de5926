import type { ApiKeys } from "./ports/api-keys.ts";
import type { Queries } from "./ports/queries.ts";
import type { Store } from "./ports/store.ts";

/** An opened database: what an adapter package hands to an app's wiring. */
export interface Database {
  readonly store: Store;
  readonly queries: Queries;
  readonly apiKeys: ApiKeys;
  close(): Promise<void>;
}
