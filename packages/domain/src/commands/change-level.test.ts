import { expect, test } from "vitest";
import { changeLevel, create, place } from "../testing/commands.ts";
import { live } from "../testing/live.ts";
import { RulesShop } from "../testing/rules-shop.ts";

test("keeps units back, as far as they are available, and lets them go again", () => {
  live(
    [0, create("tea", 10), "ok", "tea 10/0/0/10", "-"],
    [0, changeLevel("tea", { safetyStock: 4 }), "ok", "tea 10/0/0/6", "-"],
    [0, place("o1", { tea: 7 }), "insufficient_stock", "tea 10/0/0/6", "-"],
    [0, place("o1", { tea: 5 }), "ok", "tea 10/5/0/1", "PENDING_PAYMENT"],
    [0, changeLevel("tea", { safetyStock: 6 }), "stock_promised", "tea 10/5/0/1", "-"],
    [0, changeLevel("tea", { safetyStock: 0 }), "ok", "tea 10/5/0/5", "-"],
    [0, changeLevel("cup", { safetyStock: 0 }), "product_not_found", "cup none", "-"],
  );
});

test("sets each setting alone, takes the threshold away, and makes a level that is not there", () => {
  const shop = new RulesShop();
  const settings = (name: string) => {
    const { safetyStock, lowStockThreshold } = shop.recount(name).level;
    return [safetyStock, lowStockThreshold];
  };
  shop.ask(create("tea", 10), changeLevel("tea", { safetyStock: 2 }), changeLevel("tea", { lowStockThreshold: 3 }));
  expect(settings("tea")).toEqual([2, 3]);
  shop.ask(changeLevel("tea", { lowStockThreshold: null }), changeLevel("tea@berlin", { lowStockThreshold: 1 }));
  expect([settings("tea"), settings("tea@berlin")]).toEqual([
    [2, undefined],
    [0, 1],
  ]);
});

test("changes nothing that another person has changed since, and answers a repeat as done", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 10));
  const seen = { safetyStock: 0 };
  expect(
    shop.ask(
      place("o1", { tea: 1 }),
      changeLevel("tea", { safetyStock: 2, ifSettings: seen }),
      changeLevel("tea", { safetyStock: 2, ifSettings: seen }),
      changeLevel("tea", { safetyStock: 3, ifSettings: seen }),
    ),
  ).toEqual(["ok", "ok", "ok", "level_changed"]);
  expect(shop.recount("tea").level).toMatchObject({ version: 3, safetyStock: 2 });
});
