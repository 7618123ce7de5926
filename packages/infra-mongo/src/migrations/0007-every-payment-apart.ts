import { type OrderId, paymentFault, paymentKey, type ReportedPayment } from "@holdfast/domain";
import type { AnyBulkWriteOperation, ClientSession, Document } from "mongodb";
import type { EntityDocument } from "../documents.ts";
import type { MigrationWork, MongoMigration } from "../migrations.ts";
import { pagesOf } from "../update-groups.ts";

/** An order's document before this step. */
type Listing = EntityDocument<"orders"> & { readonly payments?: unknown };

/** Takes the payments out of their orders' documents, once no program is left that reads them there alone. */
export const everyPaymentApart: MongoMigration = {
  version: 7,
  name: "every-payment-apart",
  kind: "contract",
  compatibleFrom: 6,
  run: ({ collections, eachBatch }) =>
    eachBatch(collections.orders, async (documents) => {
      const listing = documents.filter((document) => Array.isArray((document as Listing).payments));
      const ids = listing.map(({ _id }) => _id);
      for (const page of pagesOf(ids)) await takeOut(collections, page);
    }),
};

/**
 * In one transaction, so that a payment never stands in both places, and a change of an order in between makes it begin again:
 * `withTransaction` does, for two minutes.
 */
async function takeOut(collections: MigrationWork["collections"], ids: readonly OrderId[]): Promise<void> {
  const session = collections.client.startSession();
  try {
    await session.withTransaction((inSession) => takeOutIn(collections, ids, inSession), {
      readConcern: { level: "snapshot" },
      writeConcern: { w: "majority" },
    });
  } finally {
    await session.endSession();
  }
}

async function takeOutIn(
  { orders, payments }: MigrationWork["collections"],
  ids: readonly OrderId[],
  session: ClientSession,
): Promise<void> {
  const documents: readonly Listing[] = await orders.find({ _id: { $in: [...ids] } }, { session }).toArray();
  const made: EntityDocument<"payments">[] = [];
  const updates: AnyBulkWriteOperation<EntityDocument<"orders">>[] = [];
  for (const { _id, payments: listed } of documents) {
    // Another process may have done this one. What cannot be read stays as it is, for a person to mend.
    if (!Array.isArray(listed) || listed.some((payment) => paymentFault(payment) !== undefined)) continue;
    const paymentCounts: Record<string, number> = {};
    for (const [index, payment] of (listed as readonly ReportedPayment[]).entries()) {
      const number = index + 1;
      made.push({ ...payment, _id: paymentKey(_id, number), orderId: _id, number });
      paymentCounts[payment.outcome] = (paymentCounts[payment.outcome] ?? 0) + 1;
    }
    const update: Document = { $set: { paymentCounts }, $unset: { payments: "" } };
    updates.push({ updateOne: { filter: { _id, payments: { $exists: true } } as never, update } });
  }
  if (made.length > 0) await payments.insertMany(made, { session });
  if (updates.length > 0) await orders.bulkWrite(updates, { session });
}
