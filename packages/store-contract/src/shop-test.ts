import type { Command } from "@holdfast/domain";
import type { Bend, Shop, Spoil } from "@holdfast/testing";

/**
 * A test body that is handed a shop on an empty database. `ask` insists that every command is accepted; `bend` edits a
 * level behind the store's back, and `spoil` any record.
 */
export type ShopTest = (
  body: (
    shop: Shop,
    ask: (...commands: readonly Command[]) => Promise<void>,
    bend: Bend,
    spoil: Spoil,
  ) => Promise<void>,
) => () => Promise<void>;
