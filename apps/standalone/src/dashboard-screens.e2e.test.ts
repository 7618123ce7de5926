import { openSqlite } from "@holdfast/infra-sqlite";
import { expect, test } from "vitest";
import type { TestShop } from "./dashboard-test-shop.ts";
import { eventually, openTabs } from "./dashboard-test-tabs.ts";

const { newShop, newVisit } = openTabs(openSqlite);

/** A shop with 3 units of tea at `main`, 9 in Berlin, and an order of 7. Gives the order's id. */
async function sellFromTwoPlaces(shop: TestShop): Promise<string> {
  await shop.call("POST", "/v1/locations", { id: "berlin", name: "Warehouse Berlin", priority: 1 });
  await shop.stock("tea-green", 3, { name: "Green tea" });
  await shop.call("POST", "/v1/stock-adjustments", {
    sku: "tea-green",
    locationId: "berlin",
    delta: 9,
    reason: "restock",
  });
  const { id } = await shop.order({
    lines: [{ sku: "tea-green", quantity: 7 }],
    customerId: "cus-4711",
    reference: "2026-10041",
    metadata: { channel: "phone", gift: "yes: a card & a bow" },
  });
  await shop.call("POST", `/v1/orders/${id}/confirm`, { paymentReference: "pi_3QxY" });
  return id;
}

test("an order says from where its lines come, and what the shop calls it", async () => {
  const shop = await newShop();
  const id = await sellFromTwoPlaces(shop);
  await shop.call("POST", `/v1/orders/${id}/fulfilments`, { lines: [{ sku: "tea-green", quantity: 2 }] });
  const { page, rowsOf, says, complaints } = await newVisit(shop);
  await says("from main 3, berlin 4");
  await page.getByRole("link", { name: id }).click();
  await eventually(() => rowsOf("Order")).toEqual([
    ["Green tea tea-green", "main", "3", "2", "0", "0", "0", "€4.50"],
    ["Green tea tea-green", "berlin", "4", "0", "0", "0", "0", "€4.50"],
  ]);
  for (const text of ["2026-10041", "cus-4711", "channel: phone", "gift: yes: a card & a bow", "Shipped in part"]) {
    await says(text);
  }
  await eventually(async () => (await rowsOf("Order", 1))[0]?.slice(0, 2)).toEqual(["pi_3QxY", "Sold what was held"]);
  expect(await page.title()).toBe(`${id} · Holdfast`);
  await page.getByRole("link", { name: "gift: yes: a card & a bow" }).click();
  await eventually(async () => (await rowsOf("Orders")).length).toBe(1);
  expect(complaints).toEqual([]);
});

test.each([
  ["Reference", "2026-10041", "2026"],
  ["Payment reference", "pi_3QxY", "pi_3"],
  ["Metadata", "gift:yes: a card & a bow", "gift:no"],
  ["SKU", "tea-green", "tea"],
  ["Customer", "cus-4711", "cus-4712"],
])("finds orders by %s, and none by another", async (label, text, other) => {
  const shop = await newShop();
  const id = await sellFromTwoPlaces(shop);
  await shop.stock("cup", 5);
  await shop.order({ lines: [{ sku: "cup", quantity: 1 }] });
  const { page, rowsOf, says } = await newVisit(shop);
  await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: "Orders" }).click();
  await eventually(async () => (await rowsOf("Orders")).length).toBe(2);
  const field = page.getByRole("search").getByLabel(label, { exact: true });
  await field.fill(` ${text} `);
  await page.keyboard.press("Enter");
  await eventually(async () => (await rowsOf("Orders")).map(([order]) => order?.replaceAll(" ", ""))).toEqual([
    `${id}2026-10041`,
  ]);
  expect(await field.inputValue()).toBe(text);
  await field.fill(other);
  await page.keyboard.press("Enter");
  await says("No such orders.");
  await page.goBack();
  await eventually(async () => (await rowsOf("Orders")).length).toBe(1);
});

test("says what is wrong with a search, and with an order that there is not", async () => {
  const shop = await newShop();
  const { page, goTo, says } = await newVisit(shop);
  await goTo("#/orders");
  await page.getByRole("search").getByLabel("Metadata").fill("gift");
  await page.keyboard.press("Enter");
  await says("must be a name, a colon and a value");
  await goTo("#/orders/ord_none");
  await says("There is no order with this id.");
  await goTo("#/cellar");
  await says("No orders yet.");
});

test("a list leads from page to page, and back", async () => {
  const shop = await newShop();
  await Promise.all(Array.from({ length: 60 }, (_, index) => shop.stock(`sku-${100 + index}`, 1)));
  const { page, rowsOf, goTo } = await newVisit(shop);
  await goTo("#/products?q=SKU-1");
  await eventually(async () => (await rowsOf("Products")).length).toBe(50);
  await page.getByRole("link", { name: "Next page" }).click();
  await eventually(async () => (await rowsOf("Products")).length).toBe(10);
  expect(await page.getByRole("link", { name: "Next page" }).count()).toBe(0);
  await page.getByRole("link", { name: "First page" }).click();
  await eventually(async () => (await rowsOf("Products"))[0]?.[0]).toBe("sku-100 sku-100");
});

test("a product shows its rules of sale, and what is there at each place", async () => {
  const shop = await newShop();
  await sellFromTwoPlaces(shop);
  await shop.call("PATCH", "/v1/locations/berlin", { active: false });
  await shop.call("PATCH", "/v1/stock-levels/tea-green/berlin", { safetyStock: 2, lowStockThreshold: 4 });
  await shop.call("PATCH", "/v1/products/tea-green", {
    policies: {
      backorderLimit: 20,
      releaseAt: "2100-01-01T00:00:00Z",
      minimumQuantity: 6,
      maximumQuantity: 24,
      quantityMultiple: 3,
      purchaseLimit: { quantity: 48, windowSeconds: 86_400 },
      holdSeconds: 900,
      holdSecondsMax: 5_400,
    },
  });
  const { page, rowsOf, complaints } = await newVisit(shop);
  await page.getByRole("region", { name: "Stock" }).getByRole("link", { name: "Green tea" }).click();
  const rules = page.getByRole("region", { name: "Rules of sale" });
  await eventually(async () => (await rules.locator("dd").allInnerTexts()).map((text) => text.trim())).toEqual([
    "up to 20",
    expect.stringMatching(/2100.*preorder$/s),
    "6",
    "24",
    "3",
    "48 a customer within 1 day",
    "15 minutes",
    "90 minutes",
  ]);
  await eventually(() => rowsOf("Product")).toEqual([
    ["berlin closed", "3", "0", "4", "2", "0", "9", "0", "0", "4"],
    ["main", "0", "0", "3", "0", "0", "3", "0", "0", "–"],
  ]);
  const note = page.getByText("Nothing new is sold from a closed place");
  expect(await note.count()).toBe(1);
  await shop.call("PATCH", "/v1/locations/berlin", { active: true });
  await eventually(async () => (await rowsOf("Product")).map(([place]) => place)).toEqual(["berlin", "main"]);
  expect(await note.count()).toBe(0);
  await page.getByRole("link", { name: "Orders of it" }).click();
  await eventually(async () => (await rowsOf("Orders")).length).toBe(1);
  expect(complaints).toEqual([]);
});

test("says what is low and for how long it lasts, and which orders are short", async () => {
  const shop = await newShop();
  const id = await sellFromTwoPlaces(shop);
  await shop.call("PATCH", "/v1/stock-levels/tea-green/berlin", { lowStockThreshold: 5 });
  const { goTo, rowsOf, says, complaints } = await newVisit(shop);
  await goTo("#/low-stock");
  await eventually(async () => (await rowsOf("Low stock"))[0]).toEqual([
    "Green tea tea-green",
    "berlin",
    "5",
    "5",
    "4",
    expect.stringMatching(/ days?$/),
    "0",
  ]);
  await goTo("#/shortages");
  await says("Nothing is short");
  const lost = { sku: "tea-green", locationId: "berlin", delta: -7, reason: "damage", acceptShortage: true };
  await shop.call("POST", "/v1/stock-adjustments", lost);
  await says("2 short");
  await eventually(async () => (await rowsOf("Shortages"))[0]?.slice(0, 3)).toEqual([
    `${id.slice(0, -6)} ${id.slice(-6)}`,
    "4",
    "2",
  ]);
  expect(complaints).toEqual([]);
});

test("says what is on its way, what has arrived of it, and which places are open", async () => {
  const shop = await newShop();
  await sellFromTwoPlaces(shop);
  const { id } = await shop.call("POST", "/v1/transfers", {
    toLocationId: "main",
    lines: [{ sku: "tea-green", quantity: 30 }],
    expectedAt: "2020-01-01T00:00:00Z",
    reference: "po-311",
  });
  const arrived = [
    { sku: "tea-green", quantity: 5 },
    { sku: "tea-green", quantity: 1, condition: "UNSELLABLE" },
  ];
  await shop.call("POST", `/v1/transfers/${id}/receive`, { lines: arrived, reference: "dn-7" });
  await shop.call("PATCH", "/v1/locations/berlin", { active: false });
  const { page, goTo, rowsOf, says, complaints } = await newVisit(shop);
  await goTo("#/transfers?status=IN_TRANSIT&locationId=main&sku=tea-green");
  await eventually(async () => (await rowsOf("Transfers"))[0]?.slice(1, 4)).toEqual([
    "30 × Green tea from a supplier to main",
    "On its way late",
    "6 of 30",
  ]);
  await page.getByRole("link", { name: String(id) }).click();
  await eventually(() => rowsOf("Transfer")).toEqual([["Green tea tea-green", "30", "24", "6", "0", "0"]]);
  await eventually(async () => (await rowsOf("Transfer", 1))[0]?.[1]).toBe("5 × Green tea 1 × Green tea unsellable");
  await says("dn-7");
  await goTo("#/places");
  await eventually(async () => (await rowsOf("Places")).map((cells) => cells.slice(0, 3))).toEqual([
    ["Main main", "active", "0"],
    ["Warehouse Berlin berlin", "closed", "1"],
  ]);
  expect(complaints).toEqual([]);
});

test("every screen fits a phone, and is reached by keyboard alone", async () => {
  const shop = await newShop();
  const id = await sellFromTwoPlaces(shop);
  await shop.stock("W".repeat(128), 1_000_000, {
    name: "M".repeat(255),
    price: { amount: 1_000_000_000_000, currency: "IDR" },
  });
  await shop.order({ lines: [{ sku: "W".repeat(128), quantity: 1_000 }], reference: "R".repeat(255) });
  await shop.call("POST", "/v1/transfers", {
    fromLocationId: "main",
    toLocationId: "berlin",
    lines: [{ sku: "W".repeat(128), quantity: 1_000 }],
    expectedAt: "2020-12-31T23:59:59Z",
    reference: "R".repeat(255),
  });
  await shop.call("PATCH", `/v1/stock-levels/${"W".repeat(128)}/main`, { lowStockThreshold: 1_000_000 });
  const { page, goTo } = await newVisit(shop, { viewport: { width: 360, height: 740 } });
  const links = await page.getByRole("navigation", { name: "Screens" }).getByRole("link").all();
  expect(links.length).toBe(7);
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  for (const link of links) {
    await link.focus();
    await page.keyboard.press("Enter");
    await eventually(() => page.locator(":focus").evaluate((focused) => focused.tagName)).toBe("MAIN");
    await eventually(() => page.getByText("Reading").count()).toBe(0);
    expect(await link.getAttribute("aria-current")).toBe("page");
    expect([await link.textContent(), await fits()]).toEqual([await link.textContent(), true]);
  }
  for (const hash of [`#/orders/${id}`, `#/products/${"W".repeat(128)}`]) {
    await goTo(hash);
    await page.getByRole("table").first().waitFor();
    expect(await fits()).toBe(true);
  }
});
