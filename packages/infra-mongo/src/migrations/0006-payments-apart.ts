import type { MongoMigration } from "../migrations.ts";

/**
 * Payments get documents of their own. From here on programs read them there and in their orders' documents. What is written stays as
 * it was as long as programs of the version before may read it: see step 7.
 */
export const paymentsApart: MongoMigration = {
  version: 6,
  name: "payments-apart",
  kind: "expand",
  run: async () => {},
};
