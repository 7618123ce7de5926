import type { Health, Order, Page, Product, Reconciliation } from "./api-types.ts";
import type { LivingHold } from "./living-holds.ts";

/** How the page and the server stand. */
export type Connection =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  /** `retryAt`: when it is asked again, in `performance.now()` milliseconds. */
  | { readonly kind: "away"; readonly reason: string; readonly retryAt: number }
  /** `refused`: why the key that was given does not do. */
  | { readonly kind: "locked"; readonly refused: string | undefined };

/** What one round of calls read. */
export interface Picture {
  readonly products: Page<Product>;
  readonly orders: Page<Order>;
  readonly holds: readonly LivingHold[];
  /** There are more holds than one page holds. */
  readonly moreHolds: boolean;
  readonly health: Health;
  /** The server's time when it was complete. */
  readonly readAt: number;
}

/** Whether the counters agreed with orders, adjustments and journal when that was last worked out. */
export interface Books {
  readonly checking: boolean;
  readonly found?: Reconciliation;
  /** The server's time of `found`. */
  readonly checkedAt?: number;
}

/** All that the page shows. `picture` stays while the server is away: the last one that was read. */
export interface LiveState {
  readonly connection: Connection;
  readonly picture?: Picture;
  readonly books: Books;
}
