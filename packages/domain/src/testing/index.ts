export { afterWrites } from "./after-writes.ts";
export * from "./commands.ts";
export { stockOf, wordOf } from "./words.ts";
