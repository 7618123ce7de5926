import { expect, test } from "vitest";
import { movementsOf } from "../movements.ts";
import { driftOf } from "../reconcile.ts";
import type { StockLevel } from "../stock-level.ts";
import { adjust, cancel, claim, confirm, correct, correctionId, create, expire, place } from "../testing/commands.ts";
import { RulesShop } from "../testing/rules-shop.ts";
import type { CorrectStock } from "./correct-stock.ts";

/** A shop with 10 tea: 2 held by o1, 3 sold to o2. */
function openShop(): RulesShop {
  const shop = new RulesShop();
  shop.ask(create("tea", 10), place("o1", { tea: 2 }), place("o2", { tea: 3 }), confirm("o2"));
  return shop;
}

/** What was edited, what was expected, the outcome, the stock after it. */
test.each<readonly [string, Partial<StockLevel>, readonly [number, number, number], string, string]>([
  ["nothing", {}, [10, 2, 3], "nothing_to_correct", "10/2/3/5"],
  ["nothing, seen otherwise", {}, [10, 2, 4], "nothing_to_correct", "10/2/3/5"],
  ["held units away", { reservedStock: 0 }, [10, 2, 3], "ok", "10/2/3/5"],
  ["held units too many", { reservedStock: 5 }, [10, 2, 3], "ok", "10/2/3/5"],
  ["held units below zero", { reservedStock: -1 }, [10, 2, 3], "ok", "10/2/3/5"],
  ["sold units away", { committedStock: 0 }, [10, 2, 3], "ok", "10/2/3/5"],
  ["stock added", { totalStock: 99 }, [10, 2, 3], "ok", "10/2/3/5"],
  ["stock away, so that it is oversold", { totalStock: 1 }, [10, 2, 3], "ok", "10/2/3/5"],
  ["every counter", { totalStock: 7, reservedStock: 1, committedStock: 1 }, [10, 2, 3], "ok", "10/2/3/5"],
  ["the version", { version: 40 }, [10, 2, 3], "ok", "10/2/3/5"],
  ["held units, another sum expected", { reservedStock: 0 }, [10, 3, 3], "drift_changed", "10/0/3/7"],
  ["held units, other sales expected", { reservedStock: 0 }, [10, 2, 2], "drift_changed", "10/0/3/7"],
  ["held units, other stock expected", { reservedStock: 0 }, [9, 2, 3], "drift_changed", "10/0/3/7"],
  ["held units, the edit expected", { reservedStock: 0 }, [10, 0, 3], "drift_changed", "10/0/3/7"],
])("where someone has edited %s", (_what, edit, expected, outcome, stock) => {
  const shop = openShop();
  shop.edit("tea", edit);
  expect([...shop.ask(correct("c1", "tea", ...expected)), shop.stock("tea")]).toEqual([outcome, stock]);
  if (outcome === "ok") expect(driftOf(shop.recount("tea"))).toEqual([]);
});

test("says what was corrected, by how much, by whom and why; the level as it is after it", () => {
  const shop = openShop();
  shop.edit("tea", { totalStock: 12, reservedStock: 1 });
  shop.seconds = 5;
  const correction = {
    id: correctionId("c1"),
    sku: "tea",
    locationId: "main",
    reason: "edited by hand",
    actor: "tester",
    change: { totalStock: -2, reservedStock: 1, committedStock: 0 },
    after: { version: 5, totalStock: 10, reservedStock: 2, committedStock: 3 },
  };
  expect(shop.outcome(correct("c1", "tea", 10, 2, 3))).toMatchObject({ kind: "accepted", subject: correction });
  const entry = shop.journal.at(-1);
  expect(entry?.levelsBefore).toMatchObject([{ version: 4, totalStock: 12, reservedStock: 1 }]);
  expect(entry && movementsOf(entry)).toMatchObject([
    {
      reason: "corrected",
      correctionId: correctionId("c1"),
      reference: "edited by hand",
      actor: "tester",
      after: { version: 5 },
    },
  ]);
});

test("tells the fresh figures where the sources have changed since they were seen", () => {
  const shop = openShop();
  shop.edit("tea", { reservedStock: 0 });
  shop.ask(place("o3", { tea: 1 }));
  expect(shop.outcome(correct("c1", "tea", 10, 2, 3))).toEqual({
    kind: "refused",
    failure: {
      code: "drift_changed",
      sku: "tea",
      locationId: "main",
      counted: { totalStock: 10, reservedStock: 1, committedStock: 3 },
      expected: { totalStock: 10, reservedStock: 3, committedStock: 3 },
    },
  });
});

test("sets no level that would promise more than there is, until the stock has been counted", () => {
  const shop = openShop();
  shop.edit("tea", { reservedStock: 0 });
  shop.ask(adjust("a1", "tea", -7));
  expect(shop.outcome(correct("c1", "tea", 3, 2, 3))).toEqual({
    kind: "refused",
    failure: { code: "stock_promised", sku: "tea", locationId: "main", requested: 5, available: 3 },
  });
  expect(shop.ask(correct("c2", "tea", 9, 2, 3))).toEqual(["drift_changed"]);
  expect(shop.ask(adjust("a2", "tea", 2), correct("c3", "tea", 5, 2, 3))).toEqual(["ok", "ok"]);
  expect(shop.stock("tea")).toBe("5/2/3/0");
});

test("sees what the commands before it in its batch have done", () => {
  const shop = openShop();
  shop.edit("tea", { totalStock: 20 });
  const words = shop.ask(
    place("o3", { tea: 4 }),
    correct("c1", "tea", 10, 2, 3),
    cancel("o3"),
    correct("c2", "tea", 10, 2, 3),
    correct("c3", "tea", 10, 2, 3),
    place("o4", { tea: 6 }),
  );
  expect(words).toEqual(["ok", "drift_changed", "ok", "ok", "nothing_to_correct", "insufficient_stock"]);
  expect([shop.stock("tea"), driftOf(shop.recount("tea"))]).toEqual(["10/2/3/5", []]);
});

test("lets an order end again whose reservation was edited away", () => {
  const shop = openShop();
  shop.edit("tea", { reservedStock: 0 });
  shop.seconds = 60;
  expect(shop.ask(expire("o1"))).toEqual(["broken"]);
  expect(shop.ask(correct("c1", "tea", 10, 2, 3), expire("o1"))).toEqual(["ok", "ok"]);
  expect(shop.stock("tea")).toBe("10/0/3/7");
});

test("corrects each location on its own, and none that does not exist", () => {
  const shop = openShop();
  shop.ask(adjust("a1", "tea@berlin", 4));
  shop.edit("tea@berlin", { totalStock: 5 });
  expect(shop.ask(correct("c1", "tea", 10, 2, 3), correct("c2", "tea@berlin", 4, 0, 0))).toEqual([
    "nothing_to_correct",
    "ok",
  ]);
  expect(shop.ask(correct("c3", "tea@paris", 0, 0, 0), correct("c4", "cup", 0, 0, 0))).toEqual([
    "location_not_found",
    "product_not_found",
  ]);
  expect([shop.stock("tea"), shop.stock("tea@berlin")]).toEqual(["10/2/3/5", "4/0/0/4"]);
});

test("answers a claimed key with the correction that it made, and nothing else of that key", () => {
  const shop = openShop();
  shop.edit("tea", { reservedStock: 0 });
  const command = { ...correct("c1", "tea", 10, 2, 3), ...claim("k") };
  const made = shop.outcome(command);
  expect(made).toMatchObject({ kind: "accepted", replayed: false, subject: { claim: { key: "k" } } });
  shop.edit("tea", { reservedStock: 1 });
  const again = { ...correct("c2", "tea", 10, 2, 3), ...claim("k") };
  expect(shop.outcome(again)).toEqual({ ...made, replayed: true });
  expect(shop.ask({ ...again, ...claim("k", "other") })).toEqual(["idempotency_key_reused"]);
  expect(shop.ask({ ...again, ...claim("k2") })).toEqual(["ok"]);
});

test("sets no level to fewer units than are set aside, whatever shortage is accepted, until it was counted", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5));
  shop.edit("tea", { totalStock: 10 });
  shop.ask(adjust("a1", "tea", 7, { affects: "CONDITION" }));
  const correction = (name: string, total: number): CorrectStock => {
    const { expected, ...rest } = correct(name, "tea", total, 0, 0);
    return { ...rest, expected: { ...expected, unsellableStock: 7 }, acceptsShortage: true };
  };
  expect(shop.outcome(correction("c1", 5))).toMatchObject({
    failure: { code: "stock_promised", requested: 0, available: -2 },
  });
  expect(shop.ask(adjust("a2", "tea", 2), correction("c1", 7))).toEqual(["ok", "ok"]);
  expect(shop.stock("tea")).toBe("7/0/0/0");
});
