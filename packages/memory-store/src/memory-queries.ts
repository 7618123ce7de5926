import {
  availableStock,
  byCodePoint,
  declarationOf,
  type Entity,
  entities,
  foldedText,
  type JournalEntry,
  type LocationId,
  levelKey,
  metadataEntries,
  type Order,
  type Product,
  paymentKeysOf,
  placeOf,
  plainRead,
  promisable,
  readJournalEntry,
  type ShownOrder,
  type Sku,
  shortStock,
  Unreadable,
  unsoldOutcomesOf,
} from "@holdfast/domain";
import {
  expiriesSearchedMax,
  type FeedEpoch,
  type OrderFilter,
  type ProductPlace,
  type ProductSearch,
  paymentKeysIn,
  productPlaceOf,
  type Queries,
  readableOrder,
  readableProduct,
  type StockedProduct,
  shownOrders,
  stockedProduct,
  type UnitRange,
  type UnreadableEntry,
  type UnreadableOrder,
  type UnreadableProduct,
} from "@holdfast/engine";
import type { MemoryTables, StoreClock } from "./memory-tables.ts";

/** The reads, as plain filters over the tables. */
export function memoryQueries(tables: MemoryTables, clock: StoreClock, epoch: FeedEpoch): Queries {
  return {
    now: async () => clock(),
    product: async (sku) => {
      const product = tables.entities.products.get(sku);
      return product && readableProduct(stocked(tables, sku, product));
    },
    products: async ({ limit, after }) =>
      [...tables.entities.products.values()]
        .filter(({ sku }) => after === undefined || byCodePoint(sku, after) > 0)
        .sort((a, b) => byCodePoint(a.sku, b.sku))
        .slice(0, limit)
        .map((product) => stocked(tables, product.sku, product)),
    findProducts: async (search, { limit, after }) =>
      [...tables.entities.products.values()]
        .map((product) => stocked(tables, product.sku, product))
        .filter((found) => isFound(found, search))
        .map((found) => ({ found, place: productPlaceOf(found, search.sort) }))
        .filter(({ place }) => after === undefined || inOrder(after, place, search) < 0)
        .sort((one, other) => inOrder(one.place, other.place, search))
        .slice(0, limit)
        .map(({ found }) => found),
    order: async (id) => {
      const stored = tables.entities.orders.get(id);
      const [order] = stored === undefined ? [] : shown(tables, [stored]);
      return order && readableOrder(order);
    },
    orders: async (filter, { limit, after }) =>
      shown(
        tables,
        [...tables.entities.orders.values()]
          .filter((order) => (after === undefined || order.id < after) && matches(tables, order, filter))
          .sort((a, b) => (a.id > b.id ? -1 : 1))
          .slice(0, limit),
      ),
    list: async (name, filter, { limit, after }) => {
      const { read, searchedParts } = declarationOf(name);
      const all: ReadonlyMap<string, Entity> = tables.entities[name];
      const isListed = (each: Entity) =>
        Object.entries(filter as object).every(([field, value]: [string, unknown]) =>
          typeof value === "object" && value !== null
            ? searchedParts[field]?.(each as never).some((part) => hasFields(part, value))
            : hasFields(each, { [field]: value }),
        );
      return [...all]
        .filter(([key, each]) => (after === undefined || byCodePoint(key, after) < 0) && isListed(each))
        .sort(([a], [b]) => byCodePoint(b, a))
        .slice(0, limit)
        .map(([key, each]) => read(key, each));
    },
    journal: async (sku, { limit, after }) =>
      tables.journal
        .filter(({ levelsBefore }) => levelsBefore.some((level) => level.sku === sku))
        .filter(({ at, id }) => after === undefined || at < after.at || (at === after.at && id < after.id))
        .sort((a, b) => b.at - a.at || (a.id > b.id ? -1 : 1))
        .slice(0, limit)
        .map(listedEntry),
    // The journal is written in the order of commits: an entry's position is its place in it.
    feed: async ({ limit, after = 0 }) =>
      tables.journal.slice(after, after + limit).map((entry, index) => ({
        ...listedEntry(entry),
        position: after + index + 1,
      })),
    feedEnd: async () => ({ epoch, position: tables.journal.length }),
    dueReservations: async (now, limit) =>
      tables
        .pending()
        .map(({ id, reservation }) => ({ orderId: id, expiresAt: reservation.expiresAt }))
        .filter(({ expiresAt }) => expiresAt <= now)
        .slice(0, limit),
    nextExpiry: async (after, until) =>
      tables
        .pending()
        .map(({ reservation }) => reservation.expiresAt)
        .find((expiresAt) => expiresAt > after && expiresAt <= until),
    shortLevels: async ({ limit, after }) => {
      const behind = after === undefined ? "" : levelKey(after.sku, after.locationId);
      return [...tables.entities.levels]
        .filter(([key, level]) => key > behind && shortStock(level) > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, limit)
        .map(([key, level]) => plainRead(entities.levels.read(key, level)));
    },
    lowLevels: async ({ locationId }, { limit, after }) => {
      const behind = after === undefined ? "" : levelKey(after.sku, after.locationId);
      return [...tables.entities.levels]
        .filter(([key, level]) => key > behind && isListedLow(tables, level.locationId, locationId))
        .filter(([, level]) => availableStock(level) <= (level.lowStockThreshold ?? Number.NEGATIVE_INFINITY))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, limit)
        .map(([key, level]) => plainRead(entities.levels.read(key, level)));
    },
    orderedUnits: async ({ sku, locationId }, limit) =>
      [...tables.entities.orders.values()]
        .filter(({ lines }) => lines.some((line) => line.sku === sku))
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, limit)
        .map((order) => ({
          status: order.status,
          placedAt: order.placedAt,
          units: entities.orders.searchedParts
            .lines(order)
            .filter((line) => line.sku === sku && line.locationId === locationId)
            .reduce((sum, { quantity }) => sum + quantity, 0),
        })),
    nextExpiryOf: async ({ sku, locationId }, after) =>
      tables
        .pending()
        .filter(({ reservation }) => reservation.expiresAt > after)
        .slice(0, expiriesSearchedMax)
        .find((order) => order.lines.some((line) => line.sku === sku && placeOf(line, order) === locationId))
        ?.reservation.expiresAt,
    recounts: async ({ sku, trust = "never" }, { limit, after }) => {
      const behind = after === undefined ? "" : levelKey(after.sku, after.locationId);
      return [...tables.entities.levels]
        .filter(([key, level]) => key > behind && (sku === undefined || level.sku === sku))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, limit)
        .map(([key, level]) => tables.recount(entities.levels.read(key, level), trust));
    },
  };
}

function stocked(tables: MemoryTables, sku: Sku, product: Product): StockedProduct | UnreadableProduct {
  const levels = [...tables.entities.levels]
    .filter(([, level]) => level.sku === sku)
    .sort(([, a], [, b]) => (a.locationId < b.locationId ? -1 : 1))
    .map(([key, level]) => entities.levels.read(key, level));
  return stockedProduct(sku, entities.products.read(sku, product), levels, (id) => isActive(tables, id));
}

function isActive({ entities: { locations } }: MemoryTables, id: LocationId): boolean {
  return locations.get(id)?.active === true;
}

function isListedLow(tables: MemoryTables, id: LocationId, named: LocationId | undefined): boolean {
  return named === undefined ? isActive(tables, id) : id === named;
}

function isFound(
  found: StockedProduct | UnreadableProduct,
  { startsWith = "", skus, archived, ...search }: ProductSearch,
): boolean {
  if ("unreadable" in found) return startsWith === "" && (skus === undefined || skus.includes(found.sku));
  const { product, levels, inactive } = found;
  const promising = levels.filter(({ locationId }) => !inactive.includes(locationId));
  const unitsOf = (backorderLimit: number) =>
    promising.reduce((sum, level) => sum + promisable(level, backorderLimit), 0);
  return (
    [product.sku, product.name].some((text) => foldedText(text).startsWith(foldedText(startsWith))) &&
    (skus === undefined || skus.includes(product.sku)) &&
    (archived === undefined || archived === (product.archivedAt !== undefined)) &&
    isWithin(unitsOf(0), search.available) &&
    isWithin(unitsOf(product.policies?.backorderLimit ?? 0), search.orderable)
  );
}

function isWithin(units: number, { min = -Infinity, max = Infinity }: UnitRange = {}): boolean {
  return units >= min && units <= max;
}

function inOrder(one: ProductPlace, other: ProductPlace, { descending }: ProductSearch): number {
  const [a, b] = [one.value, other.value];
  const values = typeof a === "number" && typeof b === "number" ? a - b : byCodePoint(String(a), String(b));
  const order = values === 0 ? byCodePoint(one.sku, other.sku) : values;
  return descending ? -order : order;
}

function shown(tables: MemoryTables, stored: readonly Order[]): (ShownOrder | UnreadableOrder)[] {
  const orders = stored.map((order) => entities.orders.read(order.id, order));
  const payments = paymentKeysIn(orders).flatMap((key) => {
    const payment = tables.entities.payments.get(key);
    return payment === undefined ? [] : [entities.payments.read(key, payment)];
  });
  return shownOrders(orders, payments);
}

function listedEntry(entry: JournalEntry): JournalEntry | UnreadableEntry {
  const read = readJournalEntry(entry.id, entry);
  return read instanceof Unreadable ? { at: entry.at, id: entry.id, unreadable: read } : read;
}

function hasFields(entity: object, fields: object): boolean {
  return Object.entries(fields).every(([field, value]) => entity[field as keyof typeof entity] === value);
}

function matches(tables: MemoryTables, order: Order, filter: OrderFilter): boolean {
  const { statuses, reservationStatus, customerId, sku, unsoldOutcome, from, to } = filter;
  const { reference, paymentReference, metadata } = filter;
  const isPaidBy = (key: string) => tables.entities.payments.get(key)?.reference === paymentReference;
  return (
    (statuses === undefined || statuses.includes(order.status)) &&
    (customerId === undefined || order.customerId === customerId) &&
    (sku === undefined || order.lines.some((line) => line.sku === sku)) &&
    (reference === undefined || order.reference === reference) &&
    (paymentReference === undefined || paymentKeysOf(order).some(isPaidBy)) &&
    (metadata === undefined ||
      metadataEntries(order).some(({ name, value }) => name === metadata.name && value === metadata.value)) &&
    (unsoldOutcome === undefined || unsoldOutcomesOf(order).includes(unsoldOutcome)) &&
    (reservationStatus === undefined || order.reservation.status === reservationStatus) &&
    (from === undefined || order.placedAt >= from) &&
    (to === undefined || order.placedAt < to)
  );
}
