import type { ApiReader, Movement, Order, Product, Reconciliation, Reservation } from "./api-reader.ts";

/** All that the API tells of one SKU, read while its stock stood still. Lists are newest first. */
export interface SkuReading {
  readonly product: Product;
  readonly orders: readonly Order[];
  readonly reservations: readonly Reservation[];
  readonly movements: readonly Movement[];
  readonly reconciliation: Reconciliation;
}

/** A hold that runs out while we read makes us read again; stock that moves this often is not at rest at all. */
const attemptsMax = 10;

/** Reads again whenever the stock moved meanwhile: five lists are compared, and they must be of one moment. */
export async function readSku(api: ApiReader, sku: string): Promise<SkuReading> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const before = await api.product(sku);
    const [orders, reservations, movements, reconciliation] = await Promise.all([
      api.orders(sku),
      api.reservations(sku),
      api.movements(sku),
      api.reconciliation(sku),
    ]);
    const product = await api.product(sku);
    if (versionsOf(before) === versionsOf(product)) return { product, orders, reservations, movements, reconciliation };
  }
  throw new Error(`the stock of ${sku} moved during each of ${attemptsMax} readings: is something else using it?`);
}

/** Every change of a level counts its version up by one. */
function versionsOf({ levels }: Product): string {
  return levels.map(({ locationId, version }) => `${locationId} ${version}`).join();
}
