import {
  assert,
  entities,
  type Instant,
  isInstant,
  type LocationId,
  levelKey,
  type Order,
  plainRead,
} from "@holdfast/domain";
import {
  expiriesSearchedMax,
  type Queries,
  readableOrder,
  readableProduct,
  type StockedProduct,
  type StoreTime,
  stockedProduct,
  type UnreadableProduct,
} from "@holdfast/engine";
import type { Collection, Document } from "mongodb";
import type { Collections } from "./collections.ts";
import { type EntityDocument, entityOf } from "./documents.ts";
import { listOrders } from "./listed-orders.ts";
import { readFeed, readFeedEnd } from "./mongo-feed.ts";
import { readJournal } from "./mongo-journal.ts";
import { ordersIn } from "./mongo-orders.ts";
import { productStages } from "./mongo-products.ts";
import { mongoRecounts } from "./mongo-recounts.ts";
import { reached } from "./reached.ts";

/** A list takes milliseconds. The server stops a longer read, before its caller has gone. */
const maxTimeMS = 5_000;

/** The reads. Most are one round trip; they throw `Unavailable` where the database cannot be reached. */
export function mongoQueries(collections: Collections, time: StoreTime): Queries {
  const { meta, products, orders, levels, locations } = collections;

  function stocked(...stages: readonly Document[]): Promise<(StockedProduct | UnreadableProduct)[]> {
    const levels = { from: "levels", localField: "_id", foreignField: "sku", as: "levels" };
    return found([...stages, { $lookup: levels }], activeLocations());
  }

  async function activeLocations(): Promise<LocationId[]> {
    const found = await reached(locations.find({ active: true }, { projection: { _id: 1 }, maxTimeMS }).toArray());
    return found.map(({ _id }) => _id as LocationId);
  }

  async function found(
    stages: Document[],
    active: Promise<LocationId[]> | LocationId[],
  ): Promise<(StockedProduct | UnreadableProduct)[]> {
    const read = products
      .aggregate<EntityDocument<"products"> & { levels: EntityDocument<"levels">[] }>(stages, { maxTimeMS })
      .toArray();
    const [documents, places] = await Promise.all([reached(read), active]);
    const promising = new Set(places);
    return documents.map(({ levels: its, ...product }) => {
      const levels = its
        .sort((a, b) => (a.locationId < b.locationId ? -1 : 1))
        .map((level) => entityOf("levels", level));
      const entity = entityOf("products", product as EntityDocument<"products">);
      return stockedProduct(product._id, entity, levels, (id) => promising.has(id));
    });
  }

  function pending(expiresAt: Document, limit: number) {
    return reached(
      orders
        .find(
          { status: "PENDING_PAYMENT", "reservation.expiresAt": expiresAt },
          { projection: { "reservation.expiresAt": 1 }, maxTimeMS },
        )
        .sort({ "reservation.expiresAt": 1 })
        .limit(limit)
        .toArray(),
    );
  }

  return {
    async now() {
      const pipeline = [{ $match: { _id: "clock" } }, { $project: { now: "$$NOW" } }];
      const [clock] = await reached(meta.aggregate<{ now: Date }>(pipeline, { maxTimeMS }).toArray());
      assert(clock !== undefined, "the database has lost its clock document");
      return time.at(clock.now.getTime());
    },
    async product(sku) {
      const [found] = await stocked({ $match: { _id: sku } });
      return found && readableProduct(found);
    },
    products: ({ limit, after }) =>
      stocked(
        ...(after === undefined ? [] : [{ $match: { _id: { $gt: after } } }]),
        { $sort: { _id: 1 } },
        { $limit: limit },
      ),
    async findProducts(search, paging) {
      const active = await activeLocations();
      return await found(productStages(search, paging, active), active);
    },
    async order(id) {
      const found = await reached(orders.findOne({ _id: id }, { maxTimeMS }));
      const [order] = found === null ? [] : await reached(ordersIn(collections, [found], { maxTimeMS }));
      return order && readableOrder(order);
    },
    async orders(filter, paging) {
      const found = await reached(listOrders(collections, filter, paging, { maxTimeMS }));
      return [...(await reached(ordersIn(collections, found, { maxTimeMS })))];
    },
    async list(name, filter, { limit, after }) {
      const collection = collections[name] as unknown as Collection<Document>;
      const matching: object = { ...partsMatching(filter), ...(after !== undefined && { _id: { $lt: after } }) };
      const found = await reached(collection.find(matching, { maxTimeMS }).sort({ _id: -1 }).limit(limit).toArray());
      return found.map((document) => entityOf(name, document as unknown as EntityDocument<typeof name>));
    },
    journal: (sku, page) => readJournal(collections, sku, page, { maxTimeMS }),
    feed: (page) => readFeed(collections, page, { maxTimeMS }),
    feedEnd: (seen) => readFeedEnd(collections, seen, { maxTimeMS }),
    async dueReservations(now, limit) {
      const due = await pending({ $lte: now }, limit);
      return due.map(({ _id, reservation }) => ({ orderId: _id, expiresAt: instantOf(reservation.expiresAt) }));
    },
    async nextExpiry(after, until) {
      const [next] = await pending({ $gt: after, $lte: until }, 1);
      return next && instantOf(next.reservation.expiresAt);
    },
    async shortLevels({ limit, after }) {
      const sellable = { $subtract: ["$totalStock", { $ifNull: ["$unsellableStock", 0] }] };
      const matching = {
        ...(after !== undefined && { _id: { $gt: levelKey(after.sku, after.locationId) } }),
        $expr: { $gt: [{ $add: ["$reservedStock", "$committedStock"] }, sellable] },
      };
      const found = await reached(levels.find(matching, { maxTimeMS }).sort({ _id: 1 }).limit(limit).toArray());
      return found.map((document) => plainRead(entityOf("levels", document)));
    },
    async lowLevels({ locationId }, { limit, after }) {
      const counted = ["$reservedStock", "$committedStock", "$safetyStock", { $ifNull: ["$unsellableStock", 0] }];
      const matching = {
        // As the index of levels with a threshold has them.
        lowStockThreshold: { $gte: 0 },
        locationId: locationId ?? { $in: await activeLocations() },
        ...(after !== undefined && { _id: { $gt: levelKey(after.sku, after.locationId) } }),
        $expr: { $lte: [{ $subtract: ["$totalStock", { $add: counted }] }, "$lowStockThreshold"] },
      };
      const found = await reached(levels.find(matching, { maxTimeMS }).sort({ _id: 1 }).limit(limit).toArray());
      return found.map((document) => plainRead(entityOf("levels", document)));
    },
    async orderedUnits({ sku, locationId }, limit) {
      const projection = { status: 1, placedAt: 1, locationId: 1, lines: 1 };
      const newest = orders.find({ "lines.sku": sku }, { maxTimeMS, projection }).sort({ _id: -1 }).limit(limit);
      const found = await reached(newest.toArray());
      return found.map((order) => ({
        status: order.status,
        placedAt: instantOf(order.placedAt),
        units: entities.orders.searchedParts
          .lines(order as unknown as Order)
          .filter((line) => line.sku === sku && line.locationId === locationId)
          .reduce((sum, { quantity }) => sum + Number(quantity), 0),
      }));
    },
    async nextExpiryOf({ sku, locationId }, after) {
      const pipeline = [
        { $match: { status: "PENDING_PAYMENT", "reservation.expiresAt": { $gt: after } } },
        { $sort: { "reservation.expiresAt": 1 } },
        { $limit: expiriesSearchedMax },
        {
          $match: {
            "lines.sku": sku,
            $or: [{ locationId }, { lines: { $elemMatch: { sku, locationId } } }],
          },
        },
        { $limit: 1 },
        { $project: { "reservation.expiresAt": 1 } },
      ];
      const [next] = await reached(orders.aggregate<EntityDocument<"orders">>(pipeline, { maxTimeMS }).toArray());
      return next && instantOf(next.reservation.expiresAt);
    },
    recounts: (filter, paging) => mongoRecounts(collections, filter, paging),
  };
}

/** The filter of a list: a part that it asks for is one item of an array. */
function partsMatching(filter: object): object {
  return Object.fromEntries(
    Object.entries(filter).map(([field, value]: [string, unknown]) => [
      field,
      typeof value === "object" ? { $elemMatch: value } : value,
    ]),
  );
}

/** MongoDB's numbers need not be whole: rounds one to the place where it is found. */
function instantOf(stored: unknown): Instant {
  return isInstant(stored) ? stored : (Math.trunc(Number(String(stored))) as Instant);
}
