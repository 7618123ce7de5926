import {
  availableStock,
  type Command,
  incomingIn,
  mainLocation,
  type Sku,
  shortStock,
  unsellableIn,
} from "@holdfast/domain";
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
  receive,
  type Shop,
  send,
  ship,
} from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** What happens, what is asked, its outcome, and every number of the level after it. */
type Step = readonly [what: string, command: Command, outcome: string, numbers: string];

const accepted = { reason: "damage", acceptsShortage: true } as const;

/** Numbers: total, reserved, committed, kept back, unsellable; what is available, what is short, and what is on its way. */
const life: readonly Step[] = [
  ["made", create("tea", 0), "ok", "0 0 0 0 0: 0 available, 0 short"],
  ["a second place", open("depot"), "ok", "0 0 0 0 0: 0 available, 0 short"],
  ["bought in there", buy("t1", "depot", { tea: 30 }), "ok", "0 0 0 0 0: 0 available, 0 short"],
  ["arrived there", receive("e1", "t1"), "ok", "0 0 0 0 0: 0 available, 0 short"],
  ["to be sent here", send("t2", "depot", "main", { tea: 21 }), "ok", "0 0 0 0 0: 0 available, 0 short"],
  ["sent here", ship("t2"), "ok", "0 0 0 0 0: 0 available, 0 short, 21 on the way"],
  [
    "not to be sold yet",
    place("o0", { tea: 1 }),
    "insufficient_stock",
    "0 0 0 0 0: 0 available, 0 short, 21 on the way",
  ],
  ["arrived in part", receive("e2", "t2", { tea: 12 }), "ok", "12 0 0 0 0: 12 available, 0 short, 9 on the way"],
  ["arrived, but for one", receive("e3", "t2", { tea: 8 }), "ok", "20 0 0 0 0: 20 available, 0 short, 1 on the way"],
  ["which is lost", closeShort("t2", { note: "the box was open" }), "ok", "20 0 0 0 0: 20 available, 0 short"],
  ["counted, two are missing", count("a2", "tea", 18), "ok", "18 0 0 0 0: 18 available, 0 short"],
  ["two kept back", changeLevel("tea", { safetyStock: 2 }), "ok", "18 0 0 2 0: 16 available, 0 short"],
  ["one is wet", adjust("a3", "tea", 1, { affects: "CONDITION" }), "ok", "18 0 0 2 1: 15 available, 0 short"],
  ["reserved", place("o1", { tea: 6 }), "ok", "18 6 0 2 1: 9 available, 0 short"],
  ["sold", confirm("o1"), "ok", "18 0 6 2 1: 9 available, 0 short"],
  ["reserved once more", place("o2", { tea: 4 }), "ok", "18 4 6 2 1: 5 available, 0 short"],
  ["sold once more", confirm("o2"), "ok", "18 0 10 2 1: 5 available, 0 short"],
  ["reserved and given back", place("o3", { tea: 5 }), "ok", "18 5 10 2 1: 0 available, 0 short"],
  ["nothing is left", place("o4", { tea: 1 }), "insufficient_stock", "18 5 10 2 1: 0 available, 0 short"],
  ["given back", cancel("o3"), "ok", "18 0 10 2 1: 5 available, 0 short"],
  ["shipped in part", fulfil("f1", "o1", { tea: 2 }), "ok", "16 0 8 2 1: 5 available, 0 short"],
  [
    "a loss of what is sold",
    adjust("a4", "tea", -9, { reason: "damage" }),
    "stock_promised",
    "16 0 8 2 1: 5 available, 0 short",
  ],
  ["the loss is booked", adjust("a4", "tea", -9, accepted), "ok", "7 0 8 2 1: -4 available, 2 short"],
  ["nothing is promised", place("o4", { tea: 1 }), "insufficient_stock", "7 0 8 2 1: -4 available, 2 short"],
  ["what is there is shipped", fulfil("f2", "o1"), "ok", "3 0 4 2 1: -4 available, 2 short"],
  ["what is not there is not", fulfil("f3", "o2"), "stock_not_there", "3 0 4 2 1: -4 available, 2 short"],
  ["one of them is cancelled", cancelSold("r1", "o2", { tea: 1 }), "ok", "3 0 3 2 1: -3 available, 1 short"],
  ["filled", adjust("a5", "tea", 10), "ok", "13 0 3 2 1: 7 available, 0 short"],
  ["shipped", fulfil("f3", "o2"), "ok", "10 0 0 2 1: 7 available, 0 short"],
  ["comes back", giveBack("r2", "o1", { tea: 2 }), "ok", "12 0 0 2 1: 9 available, 0 short"],
  [
    "comes back broken",
    giveBack("r3", "o1", { tea: 1 }, { disposition: "UNSELLABLE" }),
    "ok",
    "13 0 0 2 2: 9 available, 0 short",
  ],
  [
    "comes back in pieces",
    giveBack("r4", "o1", { tea: 1 }, { disposition: "DISCARD" }),
    "ok",
    "13 0 0 2 2: 9 available, 0 short",
  ],
  ["one is dry again", adjust("a6", "tea", -1, { affects: "CONDITION" }), "ok", "13 0 0 2 1: 10 available, 0 short"],
  ["written off", adjust("a7", "tea", -1, { affects: "UNSELLABLE" }), "ok", "12 0 0 2 0: 10 available, 0 short"],
  ["counted, all is there", count("a8", "tea", 12, { ifVersion: 23 }), "ok", "12 0 0 2 0: 10 available, 0 short"],
];

async function numbersOf(shop: Shop): Promise<string> {
  const found = await shop.database.queries.product("tea" as Sku);
  const level = found?.levels.find(({ locationId }) => locationId === mainLocation);
  if (level === undefined) return "0 0 0 0 0: 0 available, 0 short";
  const { totalStock, reservedStock, committedStock, safetyStock } = level;
  const counters = [totalStock, reservedStock, committedStock, safetyStock, unsellableIn(level)].join(" ");
  const coming = incomingIn(level) === 0 ? "" : `, ${incomingIn(level)} on the way`;
  return `${counters}: ${availableStock(level)} available, ${shortStock(level)} short${coming}`;
}

/** The life of one SKU: every number after every step. */
export function describeLife(withShop: ShopTest): void {
  test(
    "counts one SKU right from the day it is bought in, through each step of its life",
    withShop(async (shop) => {
      const lived: Step[] = [];
      for (const [what, command] of life) {
        const [outcome = ""] = await shop.ask(command);
        lived.push([what, command, outcome, await numbersOf(shop)]);
      }
      expect(lived.map(([what, , ...rest]) => [what, ...rest])).toEqual(
        life.map(([what, , ...rest]) => [what, ...rest]),
      );
      expect(await shop.drift()).toEqual([]);
    }),
  );
}
