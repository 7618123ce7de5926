import type { LevelName, StockLevel } from "@holdfast/domain";
import type { Database } from "@holdfast/engine";

/** What someone may do to a level who edits the database by hand. */
export type Bend = (level: LevelName, change: Partial<StockLevel>) => Promise<void>;

/** A database whose levels a test can edit behind the store's back: what drift is found by and mended. */
export interface BendableDatabase extends Database {
  readonly bend: Bend;
}
