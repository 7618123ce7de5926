import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openSqlite } from "@holdfast/infra-sqlite";
import { expect, onTestFinished, test } from "vitest";
import { eventually, openTabs } from "./dashboard-test-tabs.ts";

const { newShop, newVisit } = openTabs(openSqlite);

test("shows stock, live", async () => {
  const shop = await newShop();
  await shop.stock("tea-green", 12, { name: "Green tea, 100 g" });
  await shop.stock("sencha", 0, { price: { amount: 1200, currency: "JPY" } });
  const { page, stockOf, says, complaints } = await newVisit(shop);
  await eventually(() => stockOf("tea-green")).toEqual(["12", "0", "0", "0", "0", "12", "0", "€4.50"]);
  expect(await stockOf("sencha")).toEqual(["0", "0", "0", "0", "0", "0", "0", "JP¥1,200"]);
  await says("Healthy");
  await says("Books balance");
  await says("Nothing is held.");
  await says("No orders yet.");

  const order = await shop.order({ lines: [{ sku: "tea-green", quantity: 5 }], holdSeconds: 600 });
  await eventually(() => stockOf("tea-green")).toEqual(["7", "5", "0", "0", "0", "12", "0", "€4.50"]);
  await shop.confirm(order.id);
  await eventually(() => stockOf("tea-green")).toEqual(["7", "0", "5", "0", "0", "12", "0", "€4.50"]);
  await page
    .getByRole("img", { name: "Of 12: 5 committed, 0 reserved, 0 safety, 0 unsellable, 7 available" })
    .waitFor();
  expect(complaints).toEqual([]);
});

test("an order placed through the form is held and counts down; cancelled, its stock comes back", async () => {
  const shop = await newShop();
  await shop.stock("tea-green", 12);
  const { page, stockOf, secondsLeft, placeOrder, says, complaints } = await newVisit(shop);
  await placeOrder({ sku: "tea-green", quantity: 2, holdSeconds: 90 });
  await says("Holding 2 × tea-green.");
  await eventually(() => stockOf("tea-green")).toEqual(["10", "2", "0", "0", "0", "12", "0", "€4.50"]);

  const first = await secondsLeft();
  expect(first).toBeGreaterThan(60);
  expect(first).toBeLessThanOrEqual(90);
  await eventually(secondsLeft).toBeLessThanOrEqual(first - 2);

  await page.getByRole("button", { name: /^Cancel ord_/ }).click();
  await says("Cancelled: the stock can be promised again.");
  await eventually(() => stockOf("tea-green")).toEqual(["12", "0", "0", "0", "0", "12", "0", "€4.50"]);
  await says("Nothing is held.");
  await page.getByRole("region", { name: "Recent orders" }).getByText("Cancelled").waitFor();
  expect(complaints).toEqual([]);
});

test("takes SKUs of any script, with slashes and spaces, and sells none that is archived", async () => {
  const shop = await newShop();
  const skus = ["A/B & c+.d", "茶 碗", "50% off?"];
  for (const sku of skus) await shop.stock(sku, 12);
  const { page, stockOf, placeOrder, says, complaints } = await newVisit(shop);
  for (const sku of skus) {
    await placeOrder({ sku, quantity: 2, holdSeconds: 90 });
    await says(`Holding 2 × ${sku}.`);
    await eventually(() => stockOf(sku)).toEqual(["10", "2", "0", "0", "0", "12", "0", "€4.50"]);
    expect(await shop.product(sku)).toMatchObject({ sku, availableStock: 10 });
  }
  await shop.archive("茶 碗");
  await says("archived");
  await eventually(() => page.getByRole("option", { name: /茶 碗/ }).count()).toBe(0);
  expect(complaints).toEqual([]);
});

test("a confirmed reservation moves from reserved to committed", async () => {
  const shop = await newShop();
  await shop.stock("tea-green", 12);
  const { page, stockOf, placeOrder, says, complaints } = await newVisit(shop);
  await placeOrder({ sku: "tea-green", quantity: 3, holdSeconds: 90 });
  await page.getByRole("button", { name: /^Confirm ord_/ }).click();
  await says("Confirmed: the stock is sold.");
  await eventually(() => stockOf("tea-green")).toEqual(["9", "0", "3", "0", "0", "12", "0", "€4.50"]);
  await page.getByRole("region", { name: "Recent orders" }).getByText("Confirmed").waitFor();
  expect(complaints).toEqual([]);
});

test("counts by the server's clock, though the browser's is a day ahead", async () => {
  const shop = await newShop();
  await shop.stock("tea-green", 12);
  const order = await shop.order({ lines: [{ sku: "tea-green", quantity: 1 }], holdSeconds: 500 });
  const { page, secondsLeft } = await newVisit(shop, {
    prepare: (page) =>
      page.addInitScript(() => {
        const now = Date.now;
        Date.now = () => now() + 86_400_000;
      }),
  });
  await page.getByRole("timer").waitFor();
  const shown = await secondsLeft();
  const left = (Date.parse(order.reservation.expiresAt) - Date.now()) / 1000;
  expect(Math.abs(shown - left)).toBeLessThan(3);
});

test("a reservation whose time has come says so until the server has ended it", async () => {
  const shop = await newShop(); // without a worker, so that it stays
  await shop.stock("tea-green", 12);
  await shop.order({ lines: [{ sku: "tea-green", quantity: 1 }], holdSeconds: 1 });
  const { page } = await newVisit(shop);
  await eventually(() => page.getByRole("timer").textContent()).toBe("ending …");
});

test("says what is missing when there is too little stock", async () => {
  const shop = await newShop();
  await shop.stock("tea-green", 3, { name: "Green tea" });
  const { placeOrder, stockOf, says, complaints } = await newVisit(shop);
  await placeOrder({ sku: "tea-green", quantity: 5, holdSeconds: 90 });
  await says("Only 3 of Green tea can be promised now; 5 were asked for. Nothing was held.");
  expect(await stockOf("tea-green")).toEqual(["3", "0", "0", "0", "0", "3", "0", "€4.50"]);
  // Chromium itself writes down every answer of 4xx.
  expect(complaints).toEqual([expect.stringContaining("409 (Conflict)")]);
});

test("an order whose answer was lost is placed once, however often it is sent", async () => {
  const shop = await newShop();
  await shop.stock("tea-green", 12);
  const { page, placeOrder, stockOf, says } = await newVisit(shop);
  await page.route("**/v1/orders", async (route) => {
    await route.fetch(); // the server has done it
    await route.abort();
  });
  await placeOrder({ sku: "tea-green", quantity: 2, holdSeconds: 90 });
  await says("Press again to be sure");
  await page.unroute("**/v1/orders");
  await placeOrder({ sku: "tea-green", quantity: 2, holdSeconds: 90 });
  await says("Holding 2 × tea-green.");
  await eventually(() => stockOf("tea-green")).toEqual(["10", "2", "0", "0", "0", "12", "0", "€4.50"]);
});

test("says that the server is away, and recovers when it is back", async () => {
  const shop = await newShop();
  await shop.stock("tea-green", 12);
  const { page, stockOf, says } = await newVisit(shop);
  await says("Healthy");
  await shop.stop();
  await says("The server does not answer.");
  await says("The numbers below are from");
  expect(await page.getByRole("button", { name: "Place order" }).isDisabled()).toBe(true);
  expect(await stockOf("tea-green")).toEqual(["12", "0", "0", "0", "0", "12", "0", "€4.50"]);

  await shop.order({ lines: [{ sku: "tea-green", quantity: 5 }] });
  await shop.start();
  await eventually(() => stockOf("tea-green")).toEqual(["7", "5", "0", "0", "0", "12", "0", "€4.50"]);
  await says("Healthy");
  expect(await page.getByText("The server does not answer.").count()).toBe(0);
});

test("asks for the API key that the server wants, and keeps it in the tab", async () => {
  const apiKey = "a-key-of-sixteen-characters";
  const shop = await newShop({ apiKey });
  await shop.stock("tea-green", 12);
  const { page, stockOf, says, complaints } = await newVisit(shop);
  await page.getByLabel("API key").fill("not the key");
  await page.keyboard.press("Enter");
  await says("The server does not accept this key.");
  await page.getByLabel("API key").fill(apiKey);
  await page.keyboard.press("Enter");
  await eventually(() => stockOf("tea-green")).toEqual(["12", "0", "0", "0", "0", "12", "0", "€4.50"]);
  const refused = complaints.length;
  await page.reload();
  await eventually(() => stockOf("tea-green")).toEqual(["12", "0", "0", "0", "0", "12", "0", "€4.50"]);
  expect(complaints.every((complaint) => complaint.includes("401 (Unauthorized)"))).toBe(true);
  expect(complaints.length).toBe(refused);
});

test("asks for the key though the server's answer came before the page was first painted", async () => {
  const shop = await newShop({ apiKey: "a-key-of-sixteen-characters" });
  const { page, complaints } = await newVisit(shop, {
    async prepare(page) {
      // Painting waits for the page's clock; the network does not.
      await page.clock.install({ time: 0 });
      await page.clock.pauseAt(1_000);
    },
  });
  await eventually(async () => complaints.length).toBe(3);
  await page.clock.runFor(1_000);
  await page.getByLabel("API key").waitFor();
});

test("shows names as text, whatever is in them", async () => {
  const shop = await newShop();
  const name = `<img src=x onerror="document.title='owned'">`;
  await shop.stock("evil", 12, { name });
  await shop.order({ lines: [{ sku: "evil", quantity: 1 }] });
  const { page, complaints } = await newVisit(shop);
  await page.getByRole("timer").waitFor();
  // In the stock table, in the list to choose from, in the reservation and in the order.
  expect(await page.getByText(name).count()).toBe(4);
  expect(await page.locator("#page img").count()).toBe(0);
  expect(await page.title()).toBe("Holdfast");
  expect(complaints).toEqual([]);
});

test("a page of products is shown, and that there are more", async () => {
  const shop = await newShop();
  await Promise.all(Array.from({ length: 201 }, (_, index) => shop.stock(`sku-${1000 + index}`, 1)));
  const { stockOf, says } = await newVisit(shop);
  await says("Showing the first 200 products by SKU.");
  expect(await stockOf("sku-1199")).toHaveLength(8);
  expect(await stockOf("sku-1200")).toHaveLength(0);
});

test("says which counter drifts", async () => {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-dashboard-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "shop.db");
  const shop = await newShop({ path });
  await shop.stock("tea-green", 12);
  const { page, says } = await newVisit(shop);
  await says("Books balance");

  const tampering = new DatabaseSync(path);
  tampering.exec("UPDATE levels SET total_stock = 15");
  tampering.close();
  await page.getByRole("button", { name: "Check books" }).click();
  await page.getByText(/^Drift in \d counters?/).click();
  await says("tea-green at main: totalStock is 15, adjustments add up to 12");
});

test("a hidden tab asks nothing", async () => {
  const shop = await newShop();
  const { page, says } = await newVisit(shop, {
    async prepare(page) {
      await page.clock.install();
      await page.addInitScript(() => {
        const ask = window.fetch;
        window.fetch = (...call) => {
          sessionStorage.setItem("asked", `${Number(sessionStorage.getItem("asked")) + 1}`);
          return ask(...call);
        };
      });
    },
  });
  await says("Healthy");
  const asked = () => page.evaluate(() => Number(sessionStorage.getItem("asked")));
  const turn = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);

  await turn(true);
  const before = await asked();
  expect(before).toBeGreaterThan(0);
  await page.clock.runFor(60_000);
  expect(await asked()).toBe(before);
  await turn(false);
  await eventually(asked).toBeGreaterThan(before);
});
