import { describe, expect, test } from "vitest";
import { type TestShop, testShop } from "../test-shop.ts";
import { exported, importLines, price, row } from "./test-import.ts";

describe("a product that is there and differs", () => {
  async function shopWithTea(): Promise<TestShop> {
    const shop = testShop();
    await importLines(shop, [row("tea", { main: 12 })]);
    return shop;
  }

  test("is left as it is, and said", async () => {
    const shop = await shopWithTea();
    const file = [row("tea", { main: 10, berlin: 1 }, "Tea")];
    expect(await importLines(shop, file)).toEqual({
      counts: { rows: 1, different: 1 },
      said: [
        '1 different name: it is "The tea", the row says "Tea"',
        "1 different stock.main: it has 12, the row says 10",
        "1 different stock.berlin: it has 0, the row says 1",
      ],
    });
    expect(await exported(shop)).toEqual([row("tea", { main: 12 })]);
  });

  test("has its stock set where that is asked for, as a correction, and again when it has moved", async () => {
    const shop = await shopWithTea();
    const file = [row("tea", { main: 10 })];
    for (const moved of [0, 7]) {
      if (moved > 0) await shop.client.stock.adjust({ sku: "tea", delta: moved, reason: "restock" });
      const said = [`1 counted stock.main: it has ${moved === 0 ? 12 : 10 + moved}, the row says 10`];
      expect(await importLines(shop, file, { setStock: true })).toEqual({ counts: { rows: 1, counted: 1 }, said });
      expect(await exported(shop)).toEqual(file);
    }
    expect((await importLines(shop, file, { setStock: true })).counts).toEqual({ rows: 1, same: 1 });
    const ledger = await shop.client.stock.listMovements({ sku: "tea" });
    expect(ledger.ok && ledger.value.data.map((each) => ("reason" in each ? each.reason : ""))).toEqual([
      "correction",
      "restock",
      "correction",
      "initial",
    ]);
  });

  test("has its name and its price set where that is asked for, and a second run of the file finds it so", async () => {
    const shop = await shopWithTea();
    const dearer = JSON.stringify({
      sku: "tea",
      name: "Tea",
      price: { amount: 700, currency: "EUR" },
      stock: { main: 10 },
    });
    const details = ['name: it is "The tea", the row says "Tea"', "price: it is 650 EUR, the row says 700 EUR"];
    const stock = "stock.main: it has 12, the row says 10";
    const setDetails = true;
    const would = await importLines(shop, [dearer], { setDetails, setStock: true, dryRun: true });
    expect(would.counts).toEqual({ rows: 1, changed: 1 });
    expect(would.said).toEqual([...details, stock].map((each) => `1 changed ${each}`));
    expect(await exported(shop)).toEqual([row("tea", { main: 12 })]);

    // Without the stock it is still another one.
    const half = await importLines(shop, [dearer], { setDetails });
    expect(half).toEqual({ counts: { rows: 1, different: 1 }, said: [`1 different ${stock}`] });
    expect((await importLines(shop, [dearer], { setDetails, setStock: true })).counts).toEqual({ rows: 1, counted: 1 });
    expect(await exported(shop)).toEqual([dearer]);
    expect((await importLines(shop, [dearer], { setDetails, setStock: true })).counts).toEqual({ rows: 1, same: 1 });
    expect((await importLines(shop, [row("tea")], { setDetails })).counts).toEqual({ rows: 1, changed: 1 });
  });

  test("has its policies made, exported, told apart and set; a row without them leaves them alone", async () => {
    const shop = testShop();
    const ruled = (policies: object) => JSON.stringify({ sku: "tea", name: "The tea", price, policies });
    const file = [ruled({ minimumQuantity: 2, releaseAt: "2026-02-01T00:00:00.000Z" })];
    expect((await importLines(shop, file)).counts).toEqual({ rows: 1, created: 1 });
    expect((await exported(shop)).map((line) => JSON.parse(line))).toEqual(file.map((line) => JSON.parse(line)));
    expect((await importLines(shop, file)).counts).toEqual({ rows: 1, same: 1 });
    const other = [ruled({ minimumQuantity: 3 })];
    const says = [
      "1 different policies.minimumQuantity: it is 2, the row says 3",
      '1 different policies.releaseAt: it is "2026-02-01T00:00:00.000Z", the row says not set',
    ];
    expect((await importLines(shop, other)).said).toEqual(says);
    expect((await importLines(shop, other, { setDetails: true })).counts).toEqual({ rows: 1, changed: 1 });
    expect(await exported(shop)).toEqual(other);
    expect((await importLines(shop, [row("tea")], { setDetails: true })).counts).toEqual({ rows: 1, same: 1 });
    expect(await exported(shop)).toEqual(other);
  });

  test("is set back by the file that made it", async () => {
    const shop = await shopWithTea();
    await shop.client.products.change("tea", { name: "Black tea" });
    const file = [row("tea", { main: 12 })];
    expect((await importLines(shop, file)).counts).toEqual({ rows: 1, same: 1 });
    expect((await importLines(shop, file, { setDetails: true })).counts).toEqual({ rows: 1, changed: 1 });
    expect(await exported(shop)).toEqual(file);
  });

  test("is left as someone else has changed it behind the import's reading, and said", async () => {
    const { app, client } = await shopWithTea();
    const { products } = client;
    const read: typeof products.read = async (...words) => {
      const answer = await products.read(...words);
      await products.change("tea", { name: "White tea" });
      return answer;
    };
    const file = [row("tea", { main: 12 }, "Black tea")];
    const overtaken = { app, client: { ...client, products: { ...products, read } } };
    const { counts, said } = await importLines(overtaken, file, { setDetails: true });
    expect(counts).toEqual({ rows: 1, refused: 1 });
    expect(said).toEqual([expect.stringMatching(/^1 refused product_changed: /)]);
    expect(await exported({ app, client })).toEqual([row("tea", { main: 12 }, "White tea")]);
    expect((await importLines({ app, client }, file, { setDetails: true })).counts).toEqual({ rows: 1, changed: 1 });
  });

  test("is refused a stock below what is promised", async () => {
    const shop = await shopWithTea();
    await shop.client.orders.place({ lines: [{ sku: "tea", quantity: 5 }] });
    const { counts, said } = await importLines(shop, [row("tea", { main: 4 })], { setStock: true });
    expect(counts).toEqual({ rows: 1, refused: 1 });
    expect(said).toEqual([expect.stringMatching(/^1 refused stock_promised: /)]);
  });
});
