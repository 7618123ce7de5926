import { describe, expect, test } from "vitest";
import { type TestShop, testShop } from "../test-shop.ts";
import { exportCatalogue } from "./export-catalogue.ts";
import { type ImportOptions, importCatalogue, type RowNote } from "./import-catalogue.ts";
import type { Line } from "./read-lines.ts";

const price = { amount: 650, currency: "EUR" };

function row(sku: string, stock?: Record<string, number>, name = `The ${sku}`): string {
  return JSON.stringify({ sku, name, price, ...(stock && { stock }) });
}

async function* lines(texts: Iterable<string>): AsyncGenerator<Line> {
  let line = 0;
  for (const text of texts) {
    line += 1;
    yield { line, text };
  }
}

const defaults: ImportOptions = {
  atOnceMax: 8,
  setDetails: false,
  setStock: false,
  dryRun: false,
  stopOnError: false,
  signal: new AbortController().signal,
};

/** Imports a file of these lines; gives the counts that are not 0, and what was said of each row. */
async function importLines(shop: TestShop | undefined, texts: Iterable<string>, options: Partial<ImportOptions> = {}) {
  const notes: RowNote[] = [];
  const all = await importCatalogue(lines(texts), shop?.client, { ...defaults, ...options }, (note) =>
    notes.push(note),
  );
  const counts = Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
  const said = notes.flatMap(({ line, kind, says }) => says.map((each) => `${line} ${kind} ${each}`));
  return { counts, said };
}

async function exported(shop: TestShop): Promise<string[]> {
  const read = exportCatalogue(shop.client, defaults.signal, () => expect.unreachable("all can be read"));
  return (await Array.fromAsync(read)).map((line) => line.trim());
}

async function openPlaces({ client }: TestShop, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) await client.locations.create({ id, name: id });
}

test("makes products with their stock, each place by place", async () => {
  const shop = testShop();
  await openPlaces(shop, "berlin");
  const file = [row("cup"), row("tea", { berlin: 3, main: 12 })];
  expect(await importLines(shop, file)).toEqual({ counts: { rows: 2, created: 2 }, said: [] });
  expect(await exported(shop)).toEqual(file);
});

test("refuses a row whose stock is at a place that there is not", async () => {
  const { counts, said } = await importLines(testShop(), [row("tea", { brelin: 3 })]);
  expect(counts).toEqual({ rows: 1, refused: 1 });
  expect(said).toEqual(["1 refused location_not_found: There is no location with this id."]);
});

test("an import of an export makes the same shop again", async () => {
  const [shop, other] = [testShop(), testShop()];
  for (const each of [shop, other]) await openPlaces(each, "north.1");
  const file = Array.from({ length: 450 }, (_, n) => {
    const sku = `sku-${String(n).padStart(3, "0")}`;
    return n % 3 === 0 ? row(sku) : row(sku, { main: n, ...(n % 2 === 0 && { "north.1": 1 }) }, `Nº ${n} “ü” 茶`);
  });
  await importLines(shop, file);
  await importLines(other, await exported(shop));
  expect(await exported(other)).toEqual(file);
  expect(await exported(shop)).toEqual(file);
});

test("a second run of a file does nothing twice, also when the stock has moved since", async () => {
  const shop = testShop();
  await openPlaces(shop, "berlin");
  const file = [row("tea", { berlin: 3, main: 12 }), row("cup")];
  await importLines(shop, file);
  await shop.client.stock.adjust({ sku: "tea", delta: 5, reason: "restock" });
  await shop.client.stock.adjust({ sku: "tea", locationId: "berlin", delta: -1, reason: "damage" });
  expect(await importLines(shop, file)).toEqual({ counts: { rows: 2, same: 2 }, said: [] });
  expect((await exported(shop))[1]).toBe(row("tea", { berlin: 2, main: 17 }));
});

test("a run that broke off between two places is made whole by the next one", async () => {
  const shop = testShop();
  await openPlaces(shop, "berlin");
  const file = [row("tea", { berlin: 3, main: 12 })];
  const broken = {
    ...shop.client,
    stock: { ...shop.client.stock, adjust: () => Promise.reject(new Error("the line is dead")) },
  };
  await expect(importLines({ ...shop, client: broken }, file)).rejects.toThrow("the line is dead");
  expect(await exported(shop)).toEqual([row("tea", { main: 12 })]);
  expect((await importLines(shop, file)).counts).toEqual({ rows: 1, created: 1 });
  expect(await exported(shop)).toEqual(file);
});

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

test.each([
  ["nonsense", "it is not JSON"],
  ["[]", /^Invalid input: expected object/],
  ['{"sku":"tea"}', /^name: /],
  [row("", { main: 1 }), /^sku: /],
  [row("tea", { main: -1 }), /^stock\.main: /],
  [row("tea", { "-": 1 }), /^stock\.-: must be letters/],
  [row("tea", { main: 1.5 }), /^stock\.main: /],
  [JSON.stringify({ sku: "tea", name: "Tea", price, stok: {} }), /stok/],
])("names the line and the field of a faulty row: %s", async (text, says) => {
  const shop = testShop();
  const { counts, said } = await importLines(shop, [row("cup"), text, row("pot")]);
  expect(counts).toEqual({ rows: 3, created: 2, faulty: 1 });
  expect(said.map((line) => line.replace("2 faulty ", ""))).toContainEqual(
    typeof says === "string" ? says : expect.stringMatching(says),
  );
});

test("stops behind the first bad row where that is asked for", async () => {
  const shop = testShop();
  const file = [row("cup"), "nonsense", row("pot")];
  const { counts } = await importLines(shop, file, { stopOnError: true });
  expect(counts).toEqual({ rows: 2, created: 1, faulty: 1 });
  expect(await exported(shop)).toEqual([row("cup")]);
});

test("a dry run says what would be done, and does nothing", async () => {
  const shop = testShop();
  await importLines(shop, [row("cup", { main: 1 }), row("pot")]);
  const file = [row("cup", { main: 2 }), row("pot"), row("tea"), "nonsense"];
  expect((await importLines(shop, file, { dryRun: true })).counts).toEqual({
    rows: 4,
    different: 1,
    same: 1,
    created: 1,
    faulty: 1,
  });
  expect((await importLines(shop, file, { dryRun: true, setStock: true })).counts).toMatchObject({ counted: 1 });
  expect(await exported(shop)).toEqual([row("cup", { main: 1 }), row("pot")]);
});

test("without a shop it only checks the rows", async () => {
  expect((await importLines(undefined, [row("cup"), "nonsense"])).counts).toEqual({ rows: 2, faulty: 1 });
});

test("of two rows with one SKU the first makes the product, also where its request is slower", async () => {
  const shop = testShop();
  const { products } = shop.client;
  const slow: typeof products.create = async (...words) => {
    if (words[0].totalStock === 1) await new Promise((resolve) => setTimeout(resolve, 5));
    return await products.create(...words);
  };
  const client = { ...shop.client, products: { ...products, create: slow } };
  const file = Array.from({ length: 20 }, (_, n) => [
    row(`tea-${n}`, { main: 1 }),
    row(`tea-${n}`, { main: 2 }),
  ]).flat();
  expect((await importLines({ ...shop, client }, file)).counts).toEqual({ rows: 40, created: 20, different: 20 });
  expect(await exported(shop)).toContain(row("tea-7", { main: 1 }));
});

test("has no more rows in hand than are under way, however long the file is", async () => {
  const shop = testShop();
  let [read, done, most] = [0, 0, 0];
  const counting = {
    ...shop.client,
    products: {
      ...shop.client.products,
      create: async (...words: Parameters<typeof shop.client.products.create>) => {
        const answer = await shop.client.products.create(...words);
        done += 1;
        return answer;
      },
    },
  };
  const file = function* () {
    for (; read < 2_000; read += 1) {
      most = Math.max(most, read - done);
      yield row(`sku-${read}`);
    }
  };
  const { counts } = await importLines({ ...shop, client: counting }, file());
  expect(counts).toEqual({ rows: 2_000, created: 2_000 });
  expect(most).toBeLessThanOrEqual(defaults.atOnceMax);
});

test("when it is interrupted it finishes what is under way, and begins nothing more", async () => {
  const shop = testShop();
  const stop = new AbortController();
  const file = function* () {
    for (let n = 0; ; n += 1) {
      if (n === 50) stop.abort();
      yield row(`sku-${n}`);
    }
  };
  const { counts } = await importLines(shop, file(), { signal: stop.signal });
  expect(counts).toEqual({ rows: 50, created: 50 });
  expect(await exported(shop)).toHaveLength(50);
});
