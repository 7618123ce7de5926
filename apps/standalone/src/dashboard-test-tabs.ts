import type { Database } from "@holdfast/engine";
import { launchBrowser } from "@holdfast/test-services";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { openShop, type TestShop } from "./dashboard-test-shop.ts";
import { type Visit, visit } from "./dashboard-test-visit.ts";

interface Tabs {
  newShop(options?: { path?: string; apiKey?: string }): Promise<TestShop>;
  /** Opens the dashboard of a shop in a tab of its own. */
  newVisit(shop: TestShop, options?: Parameters<typeof visit>[2]): Promise<Visit>;
}

/** A browser for the tests of one file, and shops on databases as `open` opens them. What they open is closed when the test ends. */
export function openTabs(open: (options: { path: string }) => Promise<Database>): Tabs {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  return {
    async newShop({ path = ":memory:", apiKey } = {}) {
      const shop = await openShop(await open({ path }), apiKey);
      onTestFinished(() => shop.close());
      return shop;
    },
    async newVisit(shop, options) {
      const opened = await visit(browser, shop, options);
      onTestFinished(() => opened.page.context().close());
      return opened;
    },
  };
}

/** Waits for an answer; the page polls about once a second. */
export function eventually<Value>(read: () => Promise<Value>) {
  return expect.poll(read, { timeout: 20_000, interval: 50 });
}
