import type { Event, OrderPlaced, ProductCreated } from "./events.ts";

/** An event as the journal keeps it: without what the product's or the order's own document says anyway. */
export type JournalRecord =
  | Exclude<Event, ProductCreated | OrderPlaced>
  | Omit<ProductCreated, "product">
  | Omit<OrderPlaced, "order">;

/** The event without what its entity's own document says. */
export function journalRecord(event: Event): JournalRecord {
  switch (event.type) {
    case "ProductCreated": {
      const { product: _product, ...record } = event;
      return record;
    }
    case "OrderPlaced": {
      const { order: _order, ...record } = event;
      return record;
    }
    default:
      return event;
  }
}
