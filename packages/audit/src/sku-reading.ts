import type { ApiReader, Movement, Order, Product, Reconciliation, Reservation, Transfer } from "./api-reader.ts";

/** Everything that the API says about one SKU, read while its stock did not move. Lists are newest first. */
export interface SkuReading {
  readonly product: Product;
  readonly orders: readonly Order[];
  readonly reservations: readonly Reservation[];
  readonly movements: readonly Movement[];
  readonly transfers: readonly Transfer[];
  readonly reconciliation: Reconciliation;
}

/** How often to read again because the stock moved meanwhile. A reservation may run out during a read, but not many. */
const attemptsMax = 10;

/** A SKU that something else uses: what is read of it is not of one moment, and cannot be compared. */
export class StockMoves extends Error {
  override readonly name = "StockMoves";
}

/**
 * Reads again if the stock moved meanwhile, since the six lists must be of one moment to be compared. Throws `StockMoves`
 * where it moves each time.
 */
export async function readSku(api: ApiReader, sku: string): Promise<SkuReading> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const before = await api.product(sku);
    const [orders, reservations, movements, transfers, reconciliation] = await Promise.all([
      api.orders(sku),
      api.reservations(sku),
      api.movements(sku),
      api.transfers(sku),
      api.reconciliation(sku),
    ]);
    const product = await api.product(sku);
    if (versionsOf(before) === versionsOf(product))
      return { product, orders, reservations, movements, transfers, reconciliation };
  }
  throw new StockMoves(`the stock of ${sku} moved during each of ${attemptsMax} readings: is something else using it?`);
}

/** Each movement of a level adds one to its version. */
function versionsOf({ levels }: Product): string {
  return levels.map(({ locationId, version }) => `${locationId} ${version}`).join();
}
