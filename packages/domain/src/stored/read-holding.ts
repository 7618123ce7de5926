import type { Holding } from "../holding.ts";
import { isCount, isFields, mustBeCount } from "./field-checks.ts";
import { type Read, Unreadable } from "./unreadable.ts";

/** What a holder holds as it is stored, by its `holderKey`. */
export function readHolding(holder: string, stored: unknown): Read<Holding> {
  if (!isFields(stored)) return new Unreadable("holding", holder, "must be a holding");
  if (stored["holder"] !== holder) return new Unreadable("holding", holder, "holder must be that of its key");
  if (!isCount(stored["units"])) return new Unreadable("holding", holder, `units ${mustBeCount}`);
  return stored as object as Holding;
}
