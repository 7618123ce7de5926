import { type Migration, Migrations } from "@holdfast/engine";
import { productVersion } from "./migrations/0004-product-version.ts";
import { folds } from "./migrations/0005-folds.ts";
import { payments } from "./migrations/0006-payments.ts";
import { fulfilments } from "./migrations/0007-fulfilments.ts";
import { takenSkus } from "./migrations/0008-taken-skus.ts";
import { foundProducts } from "./migrations/0009-found-products.ts";
import { reversals } from "./migrations/0010-reversals.ts";
import { stockEdits } from "./migrations/0011-stock-edits.ts";
import { locations } from "./migrations/0012-locations.ts";
import { stockAlerts } from "./migrations/0013-stock-alerts.ts";
import { orderDetails } from "./migrations/0014-order-details.ts";
import { transfers } from "./migrations/0015-transfers.ts";
import { purchases } from "./migrations/0016-purchases.ts";
import { linesAtPlaces } from "./migrations/0017-lines-at-places.ts";
import { lineChanges } from "./migrations/0018-line-changes.ts";
import { ledgerTail } from "./migrations/0019-ledger-tail.ts";
import type { SqlDatabase } from "./sql-database.ts";

/**
 * A step on a SQLite file. All steps that a start has to run share one transaction, which `run` neither ends nor begins: a process
 * that is killed, or a disk that is full, leaves the file as it was.
 */
export type SqliteMigration = Migration & { run(db: SqlDatabase): void };

/** Every step since the baseline, one file each in `migrations/`. Never change or take away one that was released. */
export const sqliteMigrations = new Migrations<SqliteMigration>([
  productVersion,
  folds,
  payments,
  fulfilments,
  takenSkus,
  foundProducts,
  reversals,
  stockEdits,
  locations,
  stockAlerts,
  orderDetails,
  transfers,
  purchases,
  linesAtPlaces,
  lineChanges,
  ledgerTail,
]);
