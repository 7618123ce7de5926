import { availableStock, type Command, incomingIn, type Sku, shortStock, unsellableIn } from "@holdfast/domain";
import {
  adjust,
  buy,
  cancel,
  cancelSold,
  changeLevel,
  closeShort,
  confirm,
  count,
  create,
  fulfil,
  giveBack,
  open,
  place,
  placeAnywhere,
  receive,
  type Shop,
  send,
  ship,
} from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** What happens, what is asked, its outcome, and every number of both levels after it. */
type Step = readonly [what: string, command: Command, outcome: string, main: string, depot: string];

const accepted = { reason: "damage", acceptsShortage: true } as const;

const none = "0 0 0 0 0 0 | 0 0";

/** Numbers: total, reserved, committed, kept back, unsellable and incoming | available and short. */
const life: readonly Step[] = [
  ["made", create("tea", 0), "ok", "0 0 0 0 0 0 | 0 0", "0 0 0 0 0 0 | 0 0"],
  ["a second place", open("depot"), "ok", "0 0 0 0 0 0 | 0 0", "0 0 0 0 0 0 | 0 0"],
  ["bought in there", buy("t1", "depot", { tea: 30 }), "ok", "0 0 0 0 0 0 | 0 0", "0 0 0 0 0 30 | 0 0"],
  ["arrived there", receive("e1", "t1"), "ok", "0 0 0 0 0 0 | 0 0", "30 0 0 0 0 0 | 30 0"],
  ["to be sent here", send("t2", "depot", "main", { tea: 21 }), "ok", "0 0 0 0 0 0 | 0 0", "30 21 0 0 0 0 | 9 0"],
  ["sent here", ship("t2"), "ok", "0 0 0 0 0 21 | 0 0", "9 0 0 0 0 0 | 9 0"],
  ["not to be sold yet", place("o0", { tea: 1 }), "insufficient_stock", "0 0 0 0 0 21 | 0 0", "9 0 0 0 0 0 | 9 0"],
  ["arrived in part", receive("e2", "t2", { tea: 12 }), "ok", "12 0 0 0 0 9 | 12 0", "9 0 0 0 0 0 | 9 0"],
  ["arrived, but for one", receive("e3", "t2", { tea: 8 }), "ok", "20 0 0 0 0 1 | 20 0", "9 0 0 0 0 0 | 9 0"],
  ["which is lost", closeShort("t2", { note: "the box was open" }), "ok", "20 0 0 0 0 0 | 20 0", "9 0 0 0 0 0 | 9 0"],
  ["counted, two are missing", count("a2", "tea", 18), "ok", "18 0 0 0 0 0 | 18 0", "9 0 0 0 0 0 | 9 0"],
  ["two kept back", changeLevel("tea", { safetyStock: 2 }), "ok", "18 0 0 2 0 0 | 16 0", "9 0 0 0 0 0 | 9 0"],
  ["one is wet", adjust("a3", "tea", 1, { affects: "CONDITION" }), "ok", "18 0 0 2 1 0 | 15 0", "9 0 0 0 0 0 | 9 0"],
  ["reserved", place("o1", { tea: 6 }), "ok", "18 6 0 2 1 0 | 9 0", "9 0 0 0 0 0 | 9 0"],
  ["sold", confirm("o1"), "ok", "18 0 6 2 1 0 | 9 0", "9 0 0 0 0 0 | 9 0"],
  ["reserved once more", place("o2", { tea: 4 }), "ok", "18 4 6 2 1 0 | 5 0", "9 0 0 0 0 0 | 9 0"],
  ["sold once more", confirm("o2"), "ok", "18 0 10 2 1 0 | 5 0", "9 0 0 0 0 0 | 9 0"],
  ["reserved and given back", place("o3", { tea: 5 }), "ok", "18 5 10 2 1 0 | 0 0", "9 0 0 0 0 0 | 9 0"],
  ["nothing is left", place("o4", { tea: 1 }), "insufficient_stock", "18 5 10 2 1 0 | 0 0", "9 0 0 0 0 0 | 9 0"],
  ["given back", cancel("o3"), "ok", "18 0 10 2 1 0 | 5 0", "9 0 0 0 0 0 | 9 0"],
  ["shipped in part", fulfil("f1", "o1", { tea: 2 }), "ok", "16 0 8 2 1 0 | 5 0", "9 0 0 0 0 0 | 9 0"],
  [
    "a loss of what is sold",
    adjust("a4", "tea", -9, { reason: "damage" }),
    "stock_promised",
    "16 0 8 2 1 0 | 5 0",
    "9 0 0 0 0 0 | 9 0",
  ],
  ["the loss is booked", adjust("a4", "tea", -9, accepted), "ok", "7 0 8 2 1 0 | -4 2", "9 0 0 0 0 0 | 9 0"],
  ["nothing is promised", place("o4", { tea: 1 }), "insufficient_stock", "7 0 8 2 1 0 | -4 2", "9 0 0 0 0 0 | 9 0"],
  ["what is there is shipped", fulfil("f2", "o1"), "ok", "3 0 4 2 1 0 | -4 2", "9 0 0 0 0 0 | 9 0"],
  ["what is not there is not", fulfil("f3", "o2"), "stock_not_there", "3 0 4 2 1 0 | -4 2", "9 0 0 0 0 0 | 9 0"],
  ["one of them is cancelled", cancelSold("r1", "o2", { tea: 1 }), "ok", "3 0 3 2 1 0 | -3 1", "9 0 0 0 0 0 | 9 0"],
  ["filled", adjust("a5", "tea", 10), "ok", "13 0 3 2 1 0 | 7 0", "9 0 0 0 0 0 | 9 0"],
  ["shipped", fulfil("f3", "o2"), "ok", "10 0 0 2 1 0 | 7 0", "9 0 0 0 0 0 | 9 0"],
  ["comes back", giveBack("r2", "o1", { tea: 2 }), "ok", "12 0 0 2 1 0 | 9 0", "9 0 0 0 0 0 | 9 0"],
  [
    "comes back broken",
    giveBack("r3", "o1", { tea: 1 }, { disposition: "UNSELLABLE" }),
    "ok",
    "13 0 0 2 2 0 | 9 0",
    "9 0 0 0 0 0 | 9 0",
  ],
  [
    "comes back in pieces",
    giveBack("r4", "o1", { tea: 1 }, { disposition: "DISCARD" }),
    "ok",
    "13 0 0 2 2 0 | 9 0",
    "9 0 0 0 0 0 | 9 0",
  ],
  [
    "one is dry again",
    adjust("a6", "tea", -1, { affects: "CONDITION" }),
    "ok",
    "13 0 0 2 1 0 | 10 0",
    "9 0 0 0 0 0 | 9 0",
  ],
  ["written off", adjust("a7", "tea", -1, { affects: "UNSELLABLE" }), "ok", "12 0 0 2 0 0 | 10 0", "9 0 0 0 0 0 | 9 0"],
  [
    "counted, all is there",
    count("a8", "tea", 12, { ifVersion: 23 }),
    "ok",
    "12 0 0 2 0 0 | 10 0",
    "9 0 0 0 0 0 | 9 0",
  ],
  ["one is left here", count("a9", "tea", 3), "ok", "3 0 0 2 0 0 | 1 0", "9 0 0 0 0 0 | 9 0"],
  ["and one there", count("b1", "tea@depot", 1), "ok", "3 0 0 2 0 0 | 1 0", "1 0 0 0 0 0 | 1 0"],
  ["both are reserved as two", placeAnywhere("o5", { tea: 2 }), "ok", "3 1 0 2 0 0 | 0 0", "1 1 0 0 0 0 | 0 0"],
  [
    "there is no third",
    placeAnywhere("o6", { tea: 1 }),
    "insufficient_stock",
    "3 1 0 2 0 0 | 0 0",
    "1 1 0 0 0 0 | 0 0",
  ],
  ["sold from two places", confirm("o5"), "ok", "3 0 1 2 0 0 | 0 0", "1 0 1 0 0 0 | 0 0"],
  ["shipped in part, from the first", fulfil("f4", "o5", { tea: 1 }), "ok", "2 0 0 2 0 0 | 0 0", "1 0 1 0 0 0 | 0 0"],
  [
    "and no more from there",
    fulfil("f5", "o5", { "tea@main": 1 }),
    "more_than_sold",
    "2 0 0 2 0 0 | 0 0",
    "1 0 1 0 0 0 | 0 0",
  ],
  ["the rest is shipped", fulfil("f5", "o5"), "ok", "2 0 0 2 0 0 | 0 0", "0 0 0 0 0 0 | 0 0"],
  [
    "comes back to where it left",
    giveBack("r5", "o5", { "tea@depot": 1 }),
    "ok",
    "2 0 0 2 0 0 | 0 0",
    "1 0 0 0 0 0 | 1 0",
  ],
  [
    "the other comes back damaged",
    giveBack("r6", "o5", { tea: 1 }, { disposition: "UNSELLABLE" }),
    "ok",
    "3 0 0 2 1 0 | 0 0",
    "1 0 0 0 0 0 | 1 0",
  ],
];

async function numbersOf(shop: Shop, place: string): Promise<string> {
  const found = await shop.database.queries.product("tea" as Sku);
  const level = found?.levels.find(({ locationId }) => locationId === place);
  if (level === undefined) return none;
  const { totalStock, reservedStock, committedStock, safetyStock } = level;
  const counters = [totalStock, reservedStock, committedStock, safetyStock, unsellableIn(level), incomingIn(level)];
  return `${counters.join(" ")} | ${availableStock(level)} ${shortStock(level)}`;
}

/** The life of one SKU in two places: every number after every step. */
export function describeLife(withShop: ShopTest): void {
  test(
    "counts one SKU right from the day it is bought in, through each step of its life",
    withShop(async (shop) => {
      const lived: unknown[] = [];
      for (const [what, command] of life) {
        const [outcome = ""] = await shop.ask(command);
        lived.push([what, outcome, await numbersOf(shop, "main"), await numbersOf(shop, "depot")]);
      }
      expect(lived).toEqual(life.map(([what, , ...rest]) => [what, ...rest]));
      const { lines } = await shop.order("o5");
      expect(lines.map(({ locationId, quantity }) => `${locationId} ${quantity}`)).toEqual(["main 1", "depot 1"]);
      expect(await shop.drift()).toEqual([]);
    }),
  );
}
