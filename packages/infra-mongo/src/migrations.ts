import { type Migration, Migrations } from "@holdfast/engine";
import type { Collection, Document } from "mongodb";
import type { Collections } from "./collections.ts";
import { productVersion } from "./migrations/0004-product-version.ts";
import { everyProductVersion } from "./migrations/0005-every-product-version.ts";
import { paymentsApart } from "./migrations/0006-payments-apart.ts";
import { everyPaymentApart } from "./migrations/0007-every-payment-apart.ts";
import { takenSkus } from "./migrations/0008-taken-skus.ts";
import { foundProducts } from "./migrations/0009-found-products.ts";

/**
 * A step on a MongoDB database. Collections and indexes are made by `setUp`, before any step. A step may be run again, from its
 * beginning or where it stopped, also beside a process that still runs it; and while it runs, programs of the version before read
 * and write. So each change of a document has to name what it rests on, and a document that is as it should be is left alone.
 */
export type MongoMigration = Exclude<Migration, { readonly kind: "replace" }> & {
  run(work: MigrationWork): Promise<void>;
};

/** What a step works with. */
export interface MigrationWork {
  readonly collections: Collections;
  /**
   * Goes through a collection in the order of `_id`, a small batch at a time, and rests after each for as long as it worked, so that the
   * shop goes on selling. After a kill the next process goes on behind the last batch that was done. What is inserted behind
   * the last `_id` meanwhile is met too; what is inserted before it is not.
   */
  eachBatch<Stored extends Document>(
    collection: Collection<Stored>,
    change: (documents: readonly Stored[]) => Promise<void>,
  ): Promise<void>;
}

/** Every step since version 3, one file each in `migrations/`. Never change or take away one that was released. */
export const mongoMigrations = new Migrations<MongoMigration>([
  productVersion,
  everyProductVersion,
  paymentsApart,
  everyPaymentApart,
  takenSkus,
  foundProducts,
]);
