export type { Bend, BendableDatabase, Spoil } from "./bendable-database.ts";
export {
  adjust,
  ContractShop,
  cancel,
  claim,
  confirm,
  correct,
  create,
  expire,
  idOf,
  orderId,
  place,
  review,
  wordOf,
} from "./contract-shop.ts";
export { describeStore } from "./describe-store.ts";
export { memoryQueries } from "./memory-queries.ts";
export { MemoryStore } from "./memory-store.ts";
export { MemoryTables, type StoreClock } from "./memory-tables.ts";
export { type MemoryDatabase, openMemory } from "./open-memory.ts";
