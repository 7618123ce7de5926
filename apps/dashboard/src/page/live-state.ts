import type { ActiveReservation } from "./active-reservations.ts";
import type { Health, Order, Page, Product, Reconciliation } from "./api-types.ts";

/** The state of the connection to the server. */
export type Connection =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  /** `retryAt`: when the next try comes, in milliseconds of `performance.now()`. */
  | { readonly kind: "away"; readonly reason: string; readonly retryAt: number }
  /** `refused`: why the key was refused; `undefined` if none was sent. */
  | { readonly kind: "locked"; readonly refused: string | undefined };

/** What one round of calls has read. */
export interface Picture {
  readonly products: Page<Product>;
  /** The names of those products by SKU. */
  readonly names: ReadonlyMap<string, string>;
  readonly orders: Page<Order>;
  readonly reservations: readonly ActiveReservation[];
  /** Whether there are more reservations than fit into one page. */
  readonly moreReservations: boolean;
  readonly health: Health;
  /** The server's time at the end of the round. */
  readonly readAt: number;
}

/** The last reconciliation. */
export interface Books {
  readonly checking: boolean;
  readonly found?: Reconciliation;
  /** The server's time when `found` was read. */
  readonly checkedAt?: number;
}

/** Everything that the page shows. While the server is away `picture` remains the last one read. */
export interface LiveState {
  readonly connection: Connection;
  readonly picture?: Picture;
  readonly books: Books;
}
