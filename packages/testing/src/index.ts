export * from "@holdfast/domain/testing";
export type { CorruptRecord, DeleteLevel, EditableDatabase, EditLevel } from "./editable-database.ts";
export { RecordedLogger } from "./recorded-logger.ts";
export { Shop } from "./shop.ts";
export { TimedShop } from "./timed-shop.ts";
export { settled, settlingTimers, VirtualTimers } from "./virtual-timers.ts";
