import { randomUUID } from "node:crypto";
import type { FeedEpoch } from "@holdfast/engine";
import { migrateMongo, openMongo, restoreMongo } from "@holdfast/infra-mongo";
import { MongoClient } from "mongodb";
import { describe, inject } from "vitest";
import { describeOldDatabase } from "./fixtures/describe-old-database.ts";
import { backupOf, fixtureVersionsOf, insertDatabase, readFixture } from "./fixtures/fixture.ts";
import { openShop } from "./fixtures/opened-shop.ts";

const epoch = "01K9ZK3S6Q8W5V2N4M7R1T0YXC" as FeedEpoch;
const newUrl = () => inject("mongoUrl").replace(/\/(\?|$)/, `/old-${randomUUID()}$1`);
/** No other process has to notice a contract here, so a start need not wait before it runs one. */
const quick = { contractWaitMs: 1 };

/** Today's program over a database, in which the orders of ten minutes are due whatever this machine's clock says. */
async function openToday(url: string, { dueSoon, dueSoonOfAda }: Readonly<Record<string, string>>) {
  const shop = openShop(await openMongo({ url }, quick));
  const expireDue = async () => {
    const client = new MongoClient(url);
    const due = { _id: { $in: [dueSoon, dueSoonOfAda] as never[] } };
    await client
      .db()
      .collection("orders")
      .updateMany(due, [{ $set: { "reservation.expiresAt": "$placedAt" } }]);
    await client.close();
    return shop.expireDue();
  };
  return { ...shop, expireDue };
}

describe.each(fixtureVersionsOf("mongodb"))("a MongoDB database of version %i", (version) => {
  const fixture = readFixture(version, "mongodb");

  describe("as it was left", () => {
    const open = async () => {
      const url = newUrl();
      await insertDatabase(fixture, url);
      return openToday(url, fixture.filled.orders);
    };
    describeOldDatabase({ fixture, isRestored: false, open });
  });

  describe("as it was left, with every contract run", () => {
    const open = async () => {
      const url = newUrl();
      await insertDatabase(fixture, url);
      await migrateMongo({ url }, { ...quick, upTo: "newest" });
      return openToday(url, fixture.filled.orders);
    };
    describeOldDatabase({ fixture, isRestored: false, open });
  });

  describe("restored from a backup", () => {
    const open = async () => {
      const url = newUrl();
      await restoreMongo({ url }, backupOf(version), epoch);
      return openToday(url, fixture.filled.orders);
    };
    describeOldDatabase({ fixture, isRestored: true, open });
  });
});
