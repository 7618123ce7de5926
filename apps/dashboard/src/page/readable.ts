import type { Page, Unreadable } from "./api-types.ts";

/** The page without unreadable records, which the reconciliation shows. */
export function readable<Item extends object>({ data, nextCursor }: Page<Item | Unreadable>): Page<Item> {
  return { data: data.filter((item): item is Item => !("unreadable" in item)), nextCursor };
}
