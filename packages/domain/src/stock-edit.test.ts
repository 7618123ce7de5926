import { expect, test } from "vitest";
import { mainLocation, type Sku } from "./ids.ts";
import { edited } from "./stock-edit.ts";
import { emptyLevel } from "./stock-level.ts";
import { adjust, confirm, create, fulfil, giveBack, place } from "./testing/commands.ts";
import { live } from "./testing/live.ts";
import { RulesShop } from "./testing/rules-shop.ts";

const spoiled = { affects: "CONDITION", reason: "quality_control" } as const;
const written = { affects: "UNSELLABLE", reason: "damage" } as const;
const accepted = { reason: "damage", acceptsShortage: true } as const;

test("moves units between sellable and unsellable, and writes unsellable ones off", () => {
  const shop = live(
    [0, create("tea", 10), "ok", "tea 10/0/0/10", "-"],
    [0, adjust("a1", "tea", 4, spoiled), "ok", "tea 10/0/0/6", "-"],
    [0, place("o1", { tea: 7 }), "insufficient_stock", "tea 10/0/0/6", "-"],
    [0, adjust("a2", "tea", -1, spoiled), "ok", "tea 10/0/0/7", "-"],
    [0, adjust("a3", "tea", -2, written), "ok", "tea 8/0/0/7", "-"],
    [0, adjust("a4", "tea", -2, written), "stock_not_there", "tea 8/0/0/7", "-"],
    [0, adjust("a5", "tea", -2, spoiled), "stock_not_there", "tea 8/0/0/7", "-"],
    [0, adjust("a6", "tea", -8), "stock_promised", "tea 8/0/0/7", "-"],
    [0, adjust("a7", "tea", 2, written), "ok", "tea 10/0/0/7", "-"],
  );
  expect(shop.recount("tea").level).toMatchObject({ unsellableStock: 3 });
});

test("takes no more off a level than it has, however it was edited", () => {
  const level = { ...emptyLevel("tea" as Sku, mainLocation), unsellableStock: 2 };
  expect(edited(level, { affects: "UNSELLABLE", delta: -1 })).toMatchObject({
    code: "stock_not_there",
    requested: 1,
    available: 0,
  });
});

test("keeps what came back unsellable off sale", () => {
  const shop = live(
    [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
    [0, place("o1", { tea: 3 }), "ok", "tea 5/3/0/2", "PENDING_PAYMENT"],
    [0, confirm("o1"), "ok", "tea 5/0/3/2", "CONFIRMED"],
    [0, fulfil("f1", "o1"), "ok", "tea 2/0/0/2", "CONFIRMED"],
    [0, giveBack("r1", "o1", { tea: 2 }, { disposition: "UNSELLABLE" }), "ok", "tea 4/0/0/2", "CONFIRMED"],
  );
  expect(shop.recount("tea")).toMatchObject({ level: { unsellableStock: 2 }, sources: { unsellableStock: 2 } });
});

test("takes one SKU back sellable and unsellable at once", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 3 }), confirm("o1"), fulfil("f1", "o1"));
  const [some, others] = [
    giveBack("r1", "o1", { tea: 2 }),
    giveBack("r1", "o1", { tea: 1 }, { disposition: "UNSELLABLE" }),
  ];
  expect(shop.ask({ ...some, lines: [...(some.lines ?? []), ...(others.lines ?? [])] })).toEqual(["ok"]);
  expect(shop.recount("tea")).toMatchObject({
    level: { totalStock: 5, unsellableStock: 1, version: 5 },
    sources: { totalStock: 5, unsellableStock: 1 },
  });
});

test("books a loss below what is promised where the shortage is accepted, promises nothing new, and is filled by the next stock", () => {
  live(
    [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
    [0, place("o1", { tea: 4 }), "ok", "tea 5/4/0/1", "PENDING_PAYMENT"],
    [0, confirm("o1"), "ok", "tea 5/0/4/1", "CONFIRMED"],
    [0, adjust("a1", "tea", -3, { reason: "damage" }), "stock_promised", "tea 5/0/4/1", "-"],
    [0, adjust("a1", "tea", -3, accepted), "ok", "tea 2/0/4/-2", "-"],
    [0, adjust("a2", "tea", -3, accepted), "stock_not_there", "tea 2/0/4/-2", "-"],
    [0, place("o2", { tea: 1 }), "insufficient_stock", "tea 2/0/4/-2", "-"],
    [0, fulfil("f1", "o1", { tea: 3 }), "stock_not_there", "tea 2/0/4/-2", "CONFIRMED"],
    [0, fulfil("f1", "o1", { tea: 2 }), "ok", "tea 0/0/2/-2", "CONFIRMED"],
    [0, adjust("a3", "tea", 3), "ok", "tea 3/0/2/1", "-"],
    [0, fulfil("f2", "o1"), "ok", "tea 1/0/0/1", "CONFIRMED"],
  );
});

test("takes units that are promised out for quality control where the shortage is accepted, and ships none of them", () => {
  live(
    [0, create("tea", 3), "ok", "tea 3/0/0/3", "-"],
    [0, place("o1", { tea: 3 }), "ok", "tea 3/3/0/0", "PENDING_PAYMENT"],
    [0, adjust("a1", "tea", 1, spoiled), "stock_promised", "tea 3/3/0/0", "-"],
    [0, adjust("a1", "tea", 1, { ...spoiled, acceptsShortage: true }), "ok", "tea 3/3/0/-1", "-"],
    [0, confirm("o1"), "ok", "tea 3/0/3/-1", "CONFIRMED"],
    [0, fulfil("f1", "o1"), "stock_not_there", "tea 3/0/3/-1", "CONFIRMED"],
    [0, adjust("a2", "tea", -1, spoiled), "ok", "tea 3/0/3/0", "-"],
    [0, fulfil("f1", "o1"), "ok", "tea 0/0/0/0", "CONFIRMED"],
  );
});

test("refuses to ship or cancel more than an edited level counts, and says so", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 3 }), confirm("o1"));
  shop.edit("tea", { totalStock: 2 });
  expect(shop.ask(fulfil("f1", "o1"))).toEqual(["stock_not_there"]);
  shop.edit("tea", { totalStock: 5, committedStock: 2 });
  const outcome = shop.outcome({ ...giveBack("r1", "o1"), kind: "CANCELLATION" });
  expect(outcome).toMatchObject({ failure: { code: "stock_not_there", requested: 3, available: 2 } });
});
