import type { Command } from "./commands.ts";
import { needs, orderNeeds } from "./needs.ts";
import type { Snapshot } from "./snapshot.ts";
import type { RecordKind, Unreadable } from "./stored/unreadable.ts";

/** How a snapshot names a record that it could not read: by its own key, and by the idempotency key that leads to it. */
export function recordKey(kind: RecordKind, id: string): string {
  return `${kind} ${id}`;
}

export function claimedKey(kind: RecordKind, claimKey: string): string {
  return `${kind} claimed by ${claimKey}`;
}

/**
 * The first record that a command would have to be decided on and that cannot be read; `undefined` where all can.
 * Nothing may be decided on such a record: not that it exists, and not that it does not.
 */
export function unreadableFor(
  { unreadable, orders }: Pick<Snapshot, "unreadable" | "orders">,
  command: Command,
): Unreadable | undefined {
  if (unreadable.size === 0) return undefined;
  const named = needs([command]);
  const found = [...named.orders].flatMap((id) => orders.get(id) ?? []);
  const keys = [
    ...[...named.productClaims].map((key) => claimedKey("product", key)),
    ...[...named.orderClaims].map((key) => claimedKey("order", key)),
    ...[...named.adjustmentClaims].map((key) => claimedKey("adjustment", key)),
    ...[...named.correctionClaims].map((key) => claimedKey("correction", key)),
    ...[...named.products].map((sku) => recordKey("product", sku)),
    ...[...named.orders].map((id) => recordKey("order", id)),
    ...[...named.levels.keys(), ...orderNeeds(found, named).levels.keys()].map((key) => recordKey("stock_level", key)),
    // Of an order that is placed. What an end gives back it gives back, whatever the count says.
    ...[...named.holders].map((holder) => recordKey("holding", holder)),
    ...[...named.tallies.keys()].map((key) => recordKey("tally", key)),
  ];
  for (const key of keys) {
    const record = unreadable.get(key);
    if (record !== undefined) return record;
  }
  return undefined;
}
