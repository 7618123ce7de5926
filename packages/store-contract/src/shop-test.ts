import type { Command } from "@holdfast/domain";
import type { CorruptRecord, EditLevel, Shop } from "@holdfast/testing";

/**
 * Runs a test body with a shop on an empty database. `ask` fails unless every command is accepted; `editLevel` edits a level behind
 * the store's back, and `corrupt` any record.
 */
export type ShopTest = (
  body: (
    shop: Shop,
    ask: (...commands: readonly Command[]) => Promise<void>,
    editLevel: EditLevel,
    corrupt: CorruptRecord,
  ) => Promise<void>,
) => () => Promise<void>;
