import { assert, changedBy, type Order, type OrderId, type Payment, type Write } from "@holdfast/domain";
import { searchedIn } from "./documents.ts";
import { type ListedPayments, listChanges } from "./listed-payments.ts";
import { groupsBy, pagesOf } from "./update-groups.ts";

/** Orders of one version that a batch changes in the same way: one update does for all of them. */
export interface OrderChange {
  readonly ids: readonly OrderId[];
  /** That the batch was decided on. */
  readonly version: number;
  /** What they come to, by the field's path. */
  readonly set: Readonly<Record<string, unknown>>;
  /** What they have no longer, by the field's path. */
  readonly unset: readonly string[];
}

/**
 * What a batch changes of orders that were there before. A thousand reservations that run out together change alike: a few updates
 * instead of a thousand documents on the wire. `listed`: the payments that go into their orders' documents.
 */
export function orderChanges(writes: readonly Write<Order>[], listed: ListedPayments): OrderChange[] {
  const changed = changedBy(writes).map(({ before, after }) => ({
    id: after.id,
    version: before.version,
    set: changedFields(before, after, listed.get(after.id)),
    unset: lostFields(before, after),
  }));
  const alike = groupsBy(changed, ({ version, set, unset }) => JSON.stringify([version, set, unset]));
  return [...alike.values()].flatMap((orders) => {
    const { version = 0, set = {}, unset = [] } = orders[0] ?? {};
    return pagesOf(orders.map(({ id }) => id)).map((ids) => ({ ids, version, set, unset }));
  });
}

/**
 * Fields that differ, and what lists find the order by where that may; the reservation's
 * one by one: it has an id of its own in each order.
 */
function changedFields(before: Order, after: Order, listed: readonly Payment[] | undefined): Record<string, unknown> {
  const { reservation: held, paymentCounts: counted, ...was } = before;
  const { reservation: holds, paymentCounts, ...is } = after;
  const paid = listed === undefined ? { paymentCounts } : listChanges(listed);
  const isFoundAsBefore =
    counted === paymentCounts && before.refundDue === after.refundDue && before.metadata === after.metadata;
  const searched = isFoundAsBefore ? {} : searchedIn("orders", after);
  const payments = counted === paymentCounts ? searched : { ...paid, ...searched };
  return { ...differences(was, is, ""), ...payments, ...differences(held, holds, "reservation.") };
}

function differences(before: object, after: object, prefix: string): Record<string, unknown> {
  const was = new Map(Object.entries(before));
  return Object.fromEntries(
    Object.entries(after)
      .filter(([field, value]) => value !== was.get(field))
      .map(([field, value]) => [`${prefix}${field}`, value]),
  );
}

/**
 * Fields that a shop may take away from an order; its one place, where it comes to be at several; and the policy that it was allocated by,
 * where its caller has named a place. It loses no other.
 */
const takenAway: readonly string[] = ["reference", "metadata", "locationId", "allocatedBy"];

function lostFields(before: Order, after: Order): string[] {
  const lost = Object.keys(before).filter((field) => !(field in after));
  for (const field of lost) assert(takenAway.includes(field), `an order has lost its ${field}`);
  return lost.flatMap((field) => (field === "metadata" ? [field, "metadataEntries"] : [field]));
}
