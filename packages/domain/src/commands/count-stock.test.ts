import { expect, test } from "vitest";
import { claim, confirm, count, create, fulfil, place } from "../testing/commands.ts";
import { live } from "../testing/live.ts";
import { RulesShop } from "../testing/rules-shop.ts";

test("sets what was counted, and says the difference, also where there is none", () => {
  const shop = live(
    [0, create("tea", 10), "ok", "tea 10/0/0/10", "-"],
    [0, count("a1", "tea", 8), "ok", "tea 8/0/0/8", "-"],
    [0, count("a2", "tea", 8), "ok", "tea 8/0/0/8", "-"],
    [0, count("a3", "tea@berlin", 3), "ok", "tea@berlin 3/0/0/3", "-"],
    [0, count("a4", "cup", 3), "product_not_found", "cup none", "-"],
  );
  const counts = [...shop.snapshot.adjustments.values()].filter(({ reason }) => reason === "count");
  expect(counts.map(({ counted, delta, after }) => [counted, delta, after.version])).toEqual([
    [8, -2, 2],
    [8, 0, 3],
    [3, 3, 1],
  ]);
});

test("counts what is left after three of ten have been sold and shipped", () => {
  live(
    [0, create("tea", 10), "ok", "tea 10/0/0/10", "-"],
    [0, place("o1", { tea: 3 }), "ok", "tea 10/3/0/7", "PENDING_PAYMENT"],
    [0, { ...confirm("o1"), fulfilmentId: fulfil("f1", "o1").fulfilmentId }, "ok", "tea 7/0/0/7", "CONFIRMED"],
    [0, count("a1", "tea", 7), "ok", "tea 7/0/0/7", "-"],
  );
});

test("refuses what was counted at another version, and answers a repeat under its key", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 10), place("o1", { tea: 3 }));
  const counted = count("a1", "tea", 9, { ifVersion: 2, ...claim("k") });
  expect(shop.ask(count("a0", "tea", 9, { ifVersion: 1 }), counted, counted)).toEqual([
    "level_changed",
    "ok",
    "replayed",
  ]);
});

test("counts below what is promised only where the shortage is accepted", () => {
  live(
    [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
    [0, place("o1", { tea: 4 }), "ok", "tea 5/4/0/1", "PENDING_PAYMENT"],
    [0, count("a1", "tea", 3), "stock_promised", "tea 5/4/0/1", "-"],
    [0, count("a1", "tea", 3, { acceptsShortage: true }), "ok", "tea 3/4/0/-1", "-"],
    [0, place("o2", { tea: 1 }), "insufficient_stock", "tea 3/4/0/-1", "-"],
  );
});
