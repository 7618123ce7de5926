import { type Command, decideBatch, firstLocation, type Instant, type Sku, snapshotOf } from "@holdfast/domain";
import { cancel, confirm, create, expire, orderId, place } from "@holdfast/testing";
import { expect, test } from "vitest";
import { OwnCommits } from "./own-commits.ts";

const now = Date.now() as Instant;

/** A process that has read a shop with `tea` and `cup`. */
function remembering(): OwnCommits {
  const own = new OwnCommits();
  const opened = decideBatch(snapshotOf({ locations: [firstLocation] }), [create("tea", 5), create("cup", 5)], now);
  own.read({ snapshot: snapshotOf({ locations: [firstLocation] }), now }, 0, []);
  own.committed(opened.writes);
  return own;
}

test.each<readonly [string, readonly Command[], boolean]>([
  ["new orders of known SKUs", [place("o1", { tea: 1 }), place("o2", { cup: 1, tea: 1 })], true],
  ["an unknown SKU", [place("o1", { pot: 1 })], false],
  ["a known SKU elsewhere", [place("o1", { tea: 1 }, { locationId: "berlin" })], false],
  ["an order beside another command", [place("o1", { tea: 1 }), confirm("o0")], false],
  ["a dry run, which writes nothing that could be guarded", [place("o1", { tea: 1 }, { dryRun: true })], false],
  ["a cart that replaces an order", [place("o1", { tea: 1 }, { replaces: orderId("o0") })], false],
  ["the end of a reservation", [cancel("o0"), expire("o1")], false],
  [
    "holders that it knows nothing of",
    [place("o1", { tea: 1 }, { customerId: "ann", bounds: { unitsPerKeyMax: 9 } })],
    true,
  ],
])("guesses for %s: or not", (_what, commands, guesses) => {
  expect(remembering().guess(commands) !== undefined).toBe(guesses);
});

test("guesses on the state that its last commit left", () => {
  const own = remembering();
  const commands = [place("o1", { tea: 2 })];
  const first = own.guess(commands);
  own.committed(decideBatch(first?.snapshot ?? snapshotOf({}), commands, now).writes);
  expect(own.guess(commands)?.snapshot.levels.get("tea@main")).toMatchObject({ version: 2, reservedStock: 2 });
});

test("keeps the newer state where commits are noted out of order", () => {
  const own = remembering();
  const { snapshot } = own.guess([place("o1", { tea: 1 })]) ?? { snapshot: snapshotOf({}) };
  const level = snapshot.levels.get("tea@main");
  if (level === undefined) throw new Error("the shop has tea");
  for (const version of [7, 6])
    own.committed({
      products: [],
      locations: [],
      holdings: [],
      levels: [{ before: level, after: { ...level, version } }],
    });
  expect(own.guess([place("o1", { tea: 1 })])?.snapshot.levels.get("tea@main")?.version).toBe(7);
});

test("reads first after a wrong guess, twice as often after each, and as before after a right one", () => {
  const own = remembering();
  const commands = [place("o1", { tea: 1 })];
  const known = own.guess(commands);
  const untilNextGuess = () => {
    for (let reads = 0; ; reads += 1) {
      if (known) own.read(known, 0, commands);
      if (own.guess(commands)) return reads;
    }
  };
  const reads = [1, 2, 3, 4, 5, 6, 7, 8].map(() => {
    own.guessed(false, commands);
    return untilNextGuess();
  });
  expect(reads).toEqual([1, 2, 4, 8, 16, 32, 64, 64]);
  own.guessed(true, commands);
  own.guessed(false, commands);
  expect(untilNextGuess()).toBe(1);
});

test("forgets what a wrong guess rested on", () => {
  const own = remembering();
  own.guessed(false, [place("o1", { tea: 1 })]);
  own.guess([]); // the one batch that is read first
  own.read({ snapshot: snapshotOf({ locations: [firstLocation] }), now }, 0, []);
  expect([own.guess([place("o1", { tea: 1 })]), own.guess([place("o1", { cup: 1 })])]).toEqual([
    undefined,
    expect.anything(),
  ]);
});

test("remembers a bounded number of levels, the latest ones", () => {
  const own = remembering();
  const level = own.guess([place("o1", { tea: 1 })])?.snapshot.levels.get("tea@main");
  const product = own.guess([place("o1", { tea: 1 })])?.snapshot.products.get("tea" as Sku);
  if (!level || !product) throw new Error("the shop has tea");
  for (let n = 0; n < 20_000; n += 1) {
    const sku = `sku-${n}` as Sku;
    own.committed({
      holdings: [],
      locations: [],
      products: [{ before: undefined, after: { ...product, sku } }],
      levels: [{ before: undefined, after: { ...level, sku } }],
    });
  }
  const guesses = ["tea", "sku-0", "sku-19999"].map((sku) => own.guess([place("o1", { [sku]: 1 })]) !== undefined);
  expect(guesses).toEqual([false, true, true]);
});
