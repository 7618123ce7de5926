import { openSqlite } from "@holdfast/infra-sqlite";
import { expect, test } from "vitest";
import { eventually, openTabs } from "./dashboard-test-tabs.ts";

const { newShop, newVisit } = openTabs(openSqlite);

test.each(["A/B & c+.d", "茶 碗", "50% off?", "%2F", "..a", "#1?x=y"])(
  "leads everywhere with the SKU %s",
  async (sku) => {
    const shop = await newShop();
    const escaped = encodeURIComponent(sku);
    await shop.stock(sku, 12, { name: "A thing" });
    await shop.call("PATCH", `/v1/stock-levels/${escaped}/main`, { lowStockThreshold: 20 });
    const { id } = await shop.order({ lines: [{ sku, quantity: 2 }] });
    await shop.call("POST", "/v1/transfers", { toLocationId: "main", lines: [{ sku, quantity: 3 }] });
    await shop.call("POST", "/v1/stock-adjustments", { sku, delta: -11, reason: "damage", acceptShortage: true });
    const { page, goTo, rowsOf, complaints } = await newVisit(shop);
    const first = async (region: string) => (await rowsOf(region))[0]?.[0]?.replaceAll(" ", "");
    const named = `A thing${sku}`.replaceAll(" ", "");
    const leadsToIt = async (region: string, link: string | RegExp = "A thing") => {
      await page.getByRole("region", { name: region, exact: true }).getByRole("link", { name: link }).click();
      await eventually(async () => (await rowsOf("Product"))[0]?.slice(0, 2)).toEqual(["main", "-1"]);
      expect(await page.getByRole("region", { name: "Product" }).getByText(sku, { exact: true }).count()).toBe(1);
    };

    await leadsToIt("Stock");
    await page.getByRole("link", { name: "Orders of it" }).click();
    await eventually(() => first("Orders")).toBe(id);
    expect(await page.getByRole("search").getByLabel("SKU").inputValue()).toBe(sku);
    await page.getByRole("link", { name: id }).click();
    await eventually(() => first("Order")).toBe(named);
    await leadsToIt("Order");
    await page.getByRole("link", { name: "Transfers of it" }).click();
    await page.getByRole("link", { name: /^trf_/ }).click();
    await eventually(() => first("Transfer")).toBe(named);
    await leadsToIt("Transfer");
    for (const [hash, region] of [
      ["#/low-stock", "Low stock"],
      ["#/shortages", "Shortages"],
      [`#/products?q=${escaped}`, "Products"],
    ] as const) {
      await goTo(hash);
      await leadsToIt(region);
    }
    expect(complaints).toEqual([]);
  },
);

test.each([
  ["IDR", 15_000_000_00, "IDR 15,000,000.00", "IDR 45,000,000.00"],
  ["IDR", 1_000_000_000_000, "IDR 10,000,000,000.00", "IDR 30,000,000,000.00"],
  ["JPY", 1_200, "JP¥1,200", "JP¥3,600"],
  ["KWD", 12_345, "KWD 12.345", "KWD 37.035"],
])("shows prices in %s of %i minor units", async (currency, amount, price, total) => {
  const shop = await newShop();
  await shop.stock("tea", 12, { price: { amount, currency } });
  const { id } = await shop.order({ lines: [{ sku: "tea", quantity: 3 }] });
  expect(await shop.product("tea")).toMatchObject({ price: { amount, currency } });
  expect(await shop.call("GET", `/v1/orders/${id}`)).toMatchObject({ total: { amount: 3 * amount, currency } });
  const { page, goTo, rowsOf, stockOf } = await newVisit(shop);
  await eventually(async () => (await stockOf("tea")).at(-1)?.replace("\u00a0", " ")).toBe(price);
  await goTo(`#/orders/${id}`);
  await eventually(async () => (await rowsOf("Order"))[0]?.at(-1)).toBe(price);
  const facts = page.getByRole("region", { name: "Order" }).getByRole("definition");
  expect((await facts.allInnerTexts()).map((text) => text.replace("\u00a0", " "))).toContain(total);
});
