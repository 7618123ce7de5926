import type { Command } from "@holdfast/domain";
import type { ContractShop } from "./contract-shop.ts";

/** A test body that is handed a shop on an empty database; `ask` insists that every command is accepted. */
export type ShopTest = (
  body: (shop: ContractShop, ask: (...commands: readonly Command[]) => Promise<void>) => Promise<void>,
) => () => Promise<void>;
