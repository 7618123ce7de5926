export { memoryQueries } from "./memory-queries.ts";
export { MemoryStore } from "./memory-store.ts";
export { MemoryTables, type StoreClock } from "./memory-tables.ts";
export { type MemoryDatabase, openMemory } from "./open-memory.ts";
