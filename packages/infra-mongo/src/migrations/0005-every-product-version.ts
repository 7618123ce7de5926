import type { MongoMigration } from "../migrations.ts";
import { nameFirstVersions } from "./0004-product-version.ts";

/** Products that programs of version 3 created while step 4 ran, or after it. */
export const everyProductVersion: MongoMigration = {
  version: 5,
  name: "every-product-version",
  kind: "contract",
  compatibleFrom: 4,
  run: nameFirstVersions,
};
