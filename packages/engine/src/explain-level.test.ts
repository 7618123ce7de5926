import { type Instant, mainLocation, type Sku } from "@holdfast/domain";
import { confirm, create, place } from "@holdfast/domain/testing";
import { expect, test } from "vitest";
import { Engine } from "./engine.ts";
import { explainLevel } from "./explain-level.ts";
import { TestStore } from "./test-store.ts";

const tea = { sku: "tea" as Sku, locationId: mainLocation };

/** A store with a commit a millisecond: 100 tea, then 45 orders, of which every third is sold. */
async function shop(): Promise<TestStore> {
  const store = new TestStore();
  let ids = 0;
  const engine = new Engine({ store, newBatchId: () => String(++ids).padStart(26, "0"), limits: { batchMax: 1 } });
  await engine.submit(create("tea", 100));
  for (let n = 1; n <= 45; n += 1) {
    store.now = n as Instant;
    await engine.submit(place(`o${n}`, { tea: 1 }));
    if (n % 3 === 0) await engine.submit(confirm(`o${n}`));
  }
  return store;
}

const notAsked = () => {
  throw new Error("a short journal says all");
};
const noSums = { recounts: notAsked, list: notAsked };

function readsOf(store: TestStore) {
  return { ...noSums, journal: store.journal.bind(store) };
}

test.each([
  [undefined, 30, 15],
  [45, 30, 15],
  [44, 30, 14],
  [2, 2, 0],
  [1, 1, 0],
  [0, 0, 0],
])("at %s there are %i holds and %i sales, over several pages", async (at, held, sold) => {
  const store = await shop();
  const explained = await explainLevel(readsOf(store), tea, at as Instant | undefined);
  expect([explained.held.count, explained.sold.count]).toEqual([held, sold]);
  expect(explained.level).toMatchObject({ totalStock: 100, reservedStock: held, committedStock: sold });
});

test("before the first entry there is nothing", async () => {
  const explained = await explainLevel(readsOf(await shop()), tea, -1 as Instant);
  expect([explained.level.version, explained.adjustments.count]).toEqual([0, 0]);
});

test("lets other work in between two pages", async () => {
  const store = await shop();
  const order: string[] = [];
  const watched = {
    ...noSums,
    journal: (...asked: Parameters<TestStore["journal"]>) => {
      order.push("page");
      setImmediate(() => order.push("other"));
      return store.journal(...asked);
    },
  };
  await explainLevel(watched, tea);
  expect(order).toEqual(["page", "other", "page", "other", "page", "other", "page"]);
});
