import { type OrderId, type OrderStatus, unsoldOutcomes } from "@holdfast/domain";
import type { OrderFilter, Paging } from "@holdfast/engine";
import type { Filter, FindOptions } from "mongodb";
import type { Collections } from "./collections.ts";
import { type EntityDocument, metadataText } from "./documents.ts";

type OrderDocument = EntityDocument<"orders">;

/** Orders that a payment's reference finds are looked at in pages of this many: nearly always it finds one. */
const paidPerPage = 200;

/** A page of orders, newest first. */
export async function listOrders(
  collections: Collections,
  filter: OrderFilter,
  { limit, after }: Paging<OrderId>,
  options: FindOptions,
): Promise<OrderDocument[]> {
  const { orders } = collections;
  const { paymentReference } = filter;
  const matching = orderFilter(filter);
  if (paymentReference === undefined) {
    const page = { ...matching, ...behind("_id", after) } as Filter<OrderDocument>;
    return orders.find(page, options).sort({ _id: -1 }).limit(limit).toArray();
  }
  const found: OrderDocument[] = [];
  for (let last = after; ; ) {
    const ids = await idsPaidBy(collections, paymentReference, last, options);
    const page: Filter<OrderDocument> = { ...matching, _id: { $in: ids } };
    const more = limit - found.length;
    found.push(...(await orders.find(page, options).sort({ _id: -1 }).limit(more).toArray()));
    if (found.length === limit || ids.length < paidPerPage) return found;
    last = ids.at(-1);
  }
}

/** Orders that have a payment of a reference, newest first, whether it is kept apart or in its order's document. */
async function idsPaidBy(
  { orders, payments }: Collections,
  reference: string,
  after: OrderId | undefined,
  options: FindOptions,
): Promise<OrderId[]> {
  const apart = await payments
    .find({ reference, ...behind("orderId", after) }, { ...options, projection: { orderId: 1 } })
    .sort({ orderId: -1 })
    .limit(paidPerPage)
    .toArray();
  const listing = { "payments.reference": reference, ...behind("_id", after) } as Filter<OrderDocument>;
  const within = await orders
    .find(listing, { ...options, projection: { _id: 1 } })
    .sort({ _id: -1 })
    .limit(paidPerPage)
    .toArray();
  const ids = new Set([...apart.map(({ orderId }) => orderId), ...within.map(({ _id }) => _id)]);
  return [...ids].sort((one, other) => (one > other ? -1 : 1)).slice(0, paidPerPage);
}

function behind(field: string, after: OrderId | undefined): object {
  return after === undefined ? {} : { [field]: { $lt: after } };
}

function orderFilter(filter: OrderFilter): Filter<OrderDocument> {
  const { statuses, reservationStatus, customerId, sku, reference, metadata, unsoldOutcome, from, to } = filter;
  const placedAt = { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) };
  return {
    ...statusFilter(statuses),
    ...(unsoldOutcome === undefined ? {} : { unsoldOutcomes: unsoldOutcome }),
    ...(reservationStatus === undefined ? {} : { "reservation.status": reservationStatus }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(reference === undefined ? {} : { reference }),
    ...(metadata === undefined ? {} : { metadataEntries: metadataText(metadata) }),
    ...(sku === undefined ? {} : { "lines.sku": sku }),
    ...(from === undefined && to === undefined ? {} : { placedAt }),
  };
}

/** Makes the query match the partial indexes, which need a single status; FAILED orders have a payment that sold nothing. */
function statusFilter(statuses: readonly OrderStatus[] | undefined): Filter<EntityDocument<"orders">> {
  if (statuses === undefined) return {};
  const [first, ...others] = statuses;
  if (first === undefined || others.length > 0) return { status: { $in: [...statuses] } };
  return first === "FAILED" ? { status: first, unsoldOutcomes: { $in: [...unsoldOutcomes] } } : { status: first };
}
