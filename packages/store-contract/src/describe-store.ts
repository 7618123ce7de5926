import type { Command } from "@holdfast/domain";
import { type EditableDatabase, Shop } from "@holdfast/testing";
import { describe } from "vitest";
import { describeAllocations } from "./describe-allocations.ts";
import { describeApiKeys } from "./describe-api-keys.ts";
import { describeChangedLines } from "./describe-changed-lines.ts";
import { describeChanges } from "./describe-changes.ts";
import { describeCorrections } from "./describe-corrections.ts";
import { describeEndings } from "./describe-endings.ts";
import { describeEntities } from "./describe-entities.ts";
import { describeErasure } from "./describe-erasure.ts";
import { describeExplanations } from "./describe-explanations.ts";
import { describeExtensions } from "./describe-extensions.ts";
import { describeFeed } from "./describe-feed.ts";
import { describeFolds } from "./describe-folds.ts";
import { describeFulfilments } from "./describe-fulfilments.ts";
import { describeHoldings } from "./describe-holdings.ts";
import { describeLife } from "./describe-life.ts";
import { describeLocations } from "./describe-locations.ts";
import { describeOrderDetails } from "./describe-order-details.ts";
import { describePayments } from "./describe-payments.ts";
import { describePolicies } from "./describe-policies.ts";
import { describeProductSearch } from "./describe-product-search.ts";
import { describeRaces } from "./describe-races.ts";
import { describeReads } from "./describe-reads.ts";
import { describeReplacements } from "./describe-replacements.ts";
import { describeReversals } from "./describe-reversals.ts";
import { describeStockAlerts } from "./describe-stock-alerts.ts";
import { describeStockEdits } from "./describe-stock-edits.ts";
import { describeTexts } from "./describe-texts.ts";
import { describeTransfers } from "./describe-transfers.ts";
import { describeUnreadable } from "./describe-unreadable.ts";
import { describeWrites } from "./describe-writes.ts";
import type { ShopTest } from "./shop-test.ts";

/**
 * The behaviour every store must show. Call it from a test file of the store's own.
 *
 * `open` gives a new, empty database each time; the suite closes it. `racingOrders`: how many orders two requests each
 * fight for; fewer where a server is slow.
 */
export function describeStore(name: string, open: () => Promise<EditableDatabase>, racingOrders = 10_000): void {
  const withShop: ShopTest = (body) => async () => {
    const database = await open();
    try {
      const shop = new Shop(database);
      const ask = async (...commands: readonly Command[]) => {
        const words = await shop.ask(...commands);
        if (words.some((word) => word !== "ok")) throw new Error(`not all accepted: ${words.join(", ")}`);
      };
      await body(shop, ask, database.editLevel, database.corrupt, database.deleteLevel);
    } finally {
      await database.close();
    }
  };
  describe(`${name} as a store`, () => {
    describe("writes", () => describeWrites(withShop));
    describe("entities", () => describeEntities(withShop));
    describe("races", () => describeRaces(withShop));
    describe("holdings", () => describeHoldings(withShop));
    describe("payments", () => describePayments(withShop));
    describe("fulfilments", () => describeFulfilments(withShop));
    describe("erasure", () => describeErasure(withShop));
    describe("stock edits", () => describeStockEdits(withShop));
    describe("stock alerts", () => describeStockAlerts(withShop));
    describe("life of a SKU", () => describeLife(withShop));
    describe("replacements", () => describeReplacements(withShop));
    describe("reversals", () => describeReversals(withShop));
    describe("locations", () => describeLocations(withShop));
    describe("changed lines", () => describeChangedLines(withShop));
    describe("order details", () => describeOrderDetails(withShop));
    describe("transfers", () => describeTransfers(withShop));
    describe("allocations", () => describeAllocations(withShop));
    describe("extensions", () => describeExtensions(withShop));
    describe("policies", () => describePolicies(withShop));
    describe("changes", () => describeChanges(withShop));
    describe("reads", () => describeReads(withShop));
    describe("product search", () => describeProductSearch(withShop));
    describe("API keys", () => describeApiKeys(withShop));
    describe("corrections", () => describeCorrections(withShop));
    describe("explanations", () => describeExplanations(withShop));
    describe("folds", () => describeFolds(withShop));
    describe("endings", () => describeEndings(withShop, racingOrders));
    describe("feed", () => describeFeed(withShop));
    describe("unreadable records", () => describeUnreadable(withShop));
    describe("texts", () => describeTexts(withShop));
  });
}
