import { tea } from "./test-api.ts";

/** An order for a product that the shop has. */
export const cart = { lines: [{ sku: "tea", quantity: 1 }] };

/** A product that the shop does not have. */
export const cup = { ...tea, sku: "cup" };

/** An adjustment of a product that the shop has. */
export const restock = { sku: "tea", delta: 1, reason: "restock" };

/** What the sources of the shop's stock add up to. */
export const expected = { totalStock: 10, reservedStock: 1, committedStock: 0 };

/** A correction to the figures that the level already has. */
export const correction = { sku: "tea", reason: "edited by hand", expected };
