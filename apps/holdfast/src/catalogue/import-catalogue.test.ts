import { expect, test } from "vitest";
import { testShop } from "../test-shop.ts";
import { defaults, exported, importLines, openPlaces, price, row } from "./test-import.ts";

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
