import type { Command } from "@holdfast/domain";
import type { CorruptRecord, DeleteLevel, EditLevel, Shop } from "@holdfast/testing";

/**
 * Runs a test body with a shop on an empty database. `ask` fails unless every command is accepted; `editLevel` edits a level behind
 * the store's back, `corrupt` any record, and `deleteLevel` takes a level away.
 */
export type ShopTest = (
  body: (
    shop: Shop,
    ask: (...commands: readonly Command[]) => Promise<void>,
    editLevel: EditLevel,
    corrupt: CorruptRecord,
    deleteLevel: DeleteLevel,
  ) => Promise<void>,
) => () => Promise<void>;
