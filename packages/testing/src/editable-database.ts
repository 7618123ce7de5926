import type { LevelName, RecordKind, StockLevel } from "@holdfast/domain";
import type { Database } from "@holdfast/engine";

/** What someone may do to a level who edits the database by hand. */
export type Bend = (level: LevelName, change: Partial<StockLevel>) => Promise<void>;

/**
 * What someone may do to a record of any kind, by its key: the fields are written over as they are, whatever they hold. In a
 * test, so that what comes of it is right on every store.
 */
export type Spoil = (kind: RecordKind, id: string, fields: Readonly<Record<string, unknown>>) => Promise<void>;

/** A database whose records a test can edit behind the store's back: what drift is found by and mended. */
export interface BendableDatabase extends Database {
  readonly bend: Bend;
  readonly spoil: Spoil;
}
