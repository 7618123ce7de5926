import { expect, test } from "vitest";
import { limits } from "../limits.ts";
import { adjust, cancel, claim, confirm, create, place } from "../testing/commands.ts";
import { live } from "../testing/live.ts";
import { RulesShop } from "../testing/rules-shop.ts";

test("counts stock up and down, as far as it is not promised", () => {
  live(
    [0, create("tea", 10), "ok", "tea 10/0/0/10", "-"],
    [0, adjust("a1", "tea", 5), "ok", "tea 15/0/0/15", "-"],
    [0, adjust("a2", "tea", -3, { reason: "damage" }), "ok", "tea 12/0/0/12", "-"],
    [0, adjust("a3", "tea", -13), "stock_promised", "tea 12/0/0/12", "-"],
    [0, place("o1", { tea: 2 }), "ok", "tea 12/2/0/10", "PENDING_PAYMENT"],
    [0, adjust("a4", "tea", -11), "stock_promised", "tea 12/2/0/10", "-"],
    [0, confirm("o1"), "ok", "tea 12/0/2/10", "CONFIRMED"],
    [0, adjust("a5", "tea", -11), "stock_promised", "tea 12/0/2/10", "-"],
    [0, adjust("a6", "tea", -10), "ok", "tea 2/0/2/0", "-"],
    [0, adjust("a7", "tea", -1), "stock_promised", "tea 2/0/2/0", "-"],
  );
});

test("lets back what a cancelled order had been promised", () => {
  live(
    [0, create("tea", 2), "ok", "tea 2/0/0/2", "-"],
    [0, place("o1", { tea: 2 }), "ok", "tea 2/2/0/0", "PENDING_PAYMENT"],
    [0, adjust("a1", "tea", -1), "stock_promised", "tea 2/2/0/0", "-"],
    [0, cancel("o1"), "ok", "tea 2/0/0/2", "CANCELLED"],
    [0, adjust("a1", "tea", -1), "ok", "tea 1/0/0/1", "-"],
  );
});

test("stocks up a level that was edited below zero, and takes nothing away from it", () => {
  const shop = live(
    [0, create("tea", 10), "ok", "tea 10/0/0/10", "-"],
    [0, place("o1", { tea: 8 }), "ok", "tea 10/8/0/2", "PENDING_PAYMENT"],
  );
  shop.edit("tea", { totalStock: 3 });
  expect(shop.ask(adjust("a1", "tea", 2), adjust("a2", "tea", -1))).toEqual(["ok", "stock_promised"]);
  expect(shop.stock("tea")).toBe("5/8/0/-3");
});

test("counts each location on its own, from the first adjustment on", () => {
  live(
    [0, create("tea", 4), "ok", "tea 4/0/0/4", "-"],
    [0, adjust("a1", "tea@berlin", -1), "stock_promised", "tea 4/0/0/4, tea@berlin none", "-"],
    [0, adjust("a2", "tea@berlin", 7), "ok", "tea 4/0/0/4, tea@berlin 7/0/0/7", "-"],
    [0, adjust("a3", "tea", -4), "ok", "tea 0/0/0/0, tea@berlin 7/0/0/7", "-"],
  );
});

test("counts no level past its limit", () => {
  const max = limits.totalStockMax;
  live(
    [0, create("tea", max), "ok", `tea ${max}/0/0/${max}`, "-"],
    [0, adjust("a1", "tea", 1), "stock_limit_exceeded", `tea ${max}/0/0/${max}`, "-"],
    [0, adjust("a2", "tea", -1), "ok", `tea ${max - 1}/0/0/${max - 1}`, "-"],
    [0, adjust("a3", "tea", 1), "ok", `tea ${max}/0/0/${max}`, "-"],
    [0, adjust("a4", "tea@berlin", max), "ok", `tea@berlin ${max}/0/0/${max}`, "-"],
  );
});

test("counts nothing of a product that does not exist", () => {
  live(
    [0, adjust("a1", "tea", 5), "product_not_found", "tea none", "-"],
    [0, adjust("a1", "tea", -5), "product_not_found", "tea none", "-"],
  );
});

test("makes one adjustment of one key, and answers it with the balance of then", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5));
  const first = shop.outcome(adjust("a1", "tea", 2, { ...claim("k"), reference: "note-7" }));
  expect(first).toMatchObject({
    kind: "accepted",
    subject: {
      delta: 2,
      reason: "restock",
      reference: "note-7",
      actor: "tester",
      after: { version: 2, totalStock: 7 },
    },
  });
  shop.ask(place("o1", { tea: 1 }), adjust("a2", "tea", 1));
  expect(shop.outcome(adjust("a3", "tea", 2, claim("k")))).toEqual({ ...first, replayed: true });
  expect(shop.ask(adjust("a4", "tea", 3, claim("k", "other body")))).toEqual(["idempotency_key_reused"]);
  expect(shop.stock("tea")).toBe("8/1/0/7");
});

test("says how much could have been taken away", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 2 }));
  expect(shop.outcome(adjust("a1", "tea", -4))).toEqual({
    kind: "refused",
    failure: { code: "stock_promised", sku: "tea", locationId: "main", requested: 4, available: 3 },
  });
});
