import type { LevelName, RecordKind, StoredLevel } from "@holdfast/domain";
import type { Database } from "@holdfast/engine";

/** Changes figures of a level, as someone does who edits the database by hand. */
export type EditLevel = (level: LevelName, change: Partial<StoredLevel>) => Promise<void>;

/** Overwrites fields of a record of any kind, given its key, with values of any type. */
export type CorruptRecord = (kind: RecordKind, id: string, fields: Readonly<Record<string, unknown>>) => Promise<void>;

/** Deletes a level, and leaves its orders and adjustments. */
export type DeleteLevel = (level: LevelName) => Promise<void>;

/** A database whose records a test can edit behind the store's back, to see that the drift is found and corrected. */
export interface EditableDatabase extends Database {
  readonly editLevel: EditLevel;
  readonly deleteLevel: DeleteLevel;
  readonly corrupt: CorruptRecord;
}
