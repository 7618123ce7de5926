import { describe, expect, test } from "vitest";
import {
  adjust,
  cancel,
  change,
  confirm,
  correct,
  create,
  expire,
  fulfil,
  fulfilmentId,
  place,
  review,
} from "./testing/commands.ts";
import { live, type Step } from "./testing/live.ts";
import { RulesShop } from "./testing/rules-shop.ts";

const limit = (backorderLimit: number | null) => change("tea", { policies: { backorderLimit } });
const owed: readonly Step[] = [
  [0, create("tea", 5, { policies: { backorderLimit: 3 } }), "ok", "tea 5/0/0/5", "-"],
  [0, place("o1", { tea: 7 }), "ok", "tea 5/7/0/-2", "PENDING_PAYMENT"],
];

describe("a product that takes backorders", () => {
  test("promises beyond what is there, up to its limit, and says what an order waits for", () => {
    const shop = live(...owed, [1, place("o2", { tea: 1 }), "ok", "tea 5/8/0/-3", "PENDING_PAYMENT"]);
    expect(shop.outcome(place("o3", { tea: 1 }))).toMatchObject({
      failure: { code: "insufficient_stock", shortfalls: [{ requested: 1, available: 0 }] },
    });
    expect(shop.order("o1").lines).toMatchObject([{ quantity: 7, backorderedQuantity: 2 }]);
    expect(shop.order("o2").lines).toMatchObject([{ quantity: 1, backorderedQuantity: 1 }]);
    expect(shop.ask(cancel("o2"), cancel("o1"))).toEqual(["ok", "ok"]);
    expect(shop.stock("tea")).toBe("5/0/0/5");
  });

  test("says of a refusal what could be had", () => {
    const shop = live(...owed);
    expect(shop.outcome(place("o2", { tea: 2 }))).toMatchObject({
      failure: { shortfalls: [{ requested: 2, available: 1 }] },
    });
    expect(shop.ask(place("o2", { tea: 2 }, { dryRun: true }), place("o2", { tea: 1 }, { dryRun: true }))).toEqual([
      "insufficient_stock",
      "ok",
    ]);
  });

  test("owes at each place by itself, and nothing where it was never stocked", () => {
    const shop = new RulesShop();
    shop.ask(
      create("tea", 0, { policies: { backorderLimit: 2 } }),
      create("cup", 0, { policies: { backorderLimit: 2 } }),
    );
    shop.ask(adjust("a1", "tea@berlin", 1));
    const there = { locationId: "berlin" };
    expect(
      shop.ask(
        place("o1", { tea: 3 }, there),
        place("o2", { tea: 2 }),
        place("o3", { cup: 1 }, there),
        place("o4", { tea: 1 }),
      ),
    ).toEqual(["ok", "ok", "insufficient_stock", "insufficient_stock"]);
    expect([shop.stock("tea@berlin"), shop.stock("tea")]).toEqual(["1/3/0/-2", "0/2/0/-2"]);
  });

  test("never ships what is not there, and ships it once it has come", () => {
    live(
      ...owed,
      [1, confirm("o1"), "ok", "tea 5/0/7/-2", "CONFIRMED"],
      [2, fulfil("f1", "o1"), "stock_not_there", "tea 5/0/7/-2", "CONFIRMED"],
      [2, fulfil("f1", "o1", { tea: 5 }), "ok", "tea 0/0/2/-2", "CONFIRMED"],
      [3, fulfil("f2", "o1"), "stock_not_there", "tea 0/0/2/-2", "CONFIRMED"],
      [4, adjust("a1", "tea", 2), "ok", "tea 2/0/2/0", "-"],
      [5, fulfil("f2", "o1"), "ok", "tea 0/0/0/0", "CONFIRMED"],
    );
  });

  test("is not shipped as it is paid for, where goods leave then", () => {
    const shop = live(...owed);
    shop.ask({ ...confirm("o1"), fulfilmentId: fulfilmentId("f1") });
    expect([shop.order("o1").status, shop.order("o1").fulfilmentStatus, shop.stock("tea")]).toEqual([
      "CONFIRMED",
      "NONE",
      "5/0/7/-2",
    ]);
  });
});

describe("a limit that is lowered while units are owed", () => {
  test("breaks no promise, and lets none be made until enough has come", () => {
    live(
      ...owed,
      [1, limit(1), "ok", "tea 5/7/0/-2", "-"],
      [1, place("o2", { tea: 1 }), "insufficient_stock", "tea 5/7/0/-2", "-"],
      [2, confirm("o1"), "ok", "tea 5/0/7/-2", "CONFIRMED"],
      [3, adjust("a1", "tea", 1), "ok", "tea 6/0/7/-1", "-"],
      [3, place("o2", { tea: 1 }), "insufficient_stock", "tea 6/0/7/-1", "-"],
      [4, adjust("a2", "tea", 1), "ok", "tea 7/0/7/0", "-"],
      [4, place("o2", { tea: 1 }), "ok", "tea 7/1/7/-1", "PENDING_PAYMENT"],
    );
  });

  test("lets a late payment sell nothing that would be owed beyond it", () => {
    live(
      ...owed,
      [1, limit(null), "ok", "tea 5/7/0/-2", "-"],
      [60, confirm("o1"), "late_payment_refund_due", "tea 5/0/0/5", "FAILED"],
    );
  });
});

describe("a late payment", () => {
  test.each(["swept", "not yet swept"])("takes the units again, owed ones too: %s", (swept) => {
    const shop = live(...owed);
    shop.seconds = 60;
    if (swept === "swept") expect(shop.ask(expire("o1"))).toEqual(["ok"]);
    expect(shop.ask(confirm("o1"))).toEqual(["ok"]);
    expect(shop.stock("tea")).toBe("5/0/7/-2");
  });

  test("of an order whose product took no backorders at checkout is not owed", () => {
    live(
      [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
      [0, place("o1", { tea: 5 }), "ok", "tea 5/5/0/0", "PENDING_PAYMENT"],
      [60, expire("o1"), "ok", "tea 5/0/0/5", "EXPIRED"],
      [60, place("o2", { tea: 3 }), "ok", "tea 5/3/0/2", "PENDING_PAYMENT"],
      [61, limit(3), "ok", "tea 5/3/0/2", "-"],
      [62, confirm("o1"), "late_payment_refund_due", "tea 5/3/0/2", "FAILED"],
    );
  });

  test("under review is sold within the limit of that moment", () => {
    live(
      ...owed,
      [1, limit(null), "ok", "tea 5/7/0/-2", "-"],
      [60, confirm("o1", "p1", "review"), "late_payment_review_due", "tea 5/0/0/5", "FAILED"],
      [61, review("o1", "SELL"), "insufficient_stock", "tea 5/0/0/5", "FAILED"],
      [62, limit(2), "ok", "tea 5/0/0/5", "-"],
      [63, review("o1", "SELL"), "ok", "tea 5/0/7/-2", "CONFIRMED"],
    );
  });
});

describe("stock edits", () => {
  test("a loss of what is promised wants its acceptance, whatever may be owed; the limit is for promises", () => {
    live(
      [0, create("tea", 5, { policies: { backorderLimit: 9 } }), "ok", "tea 5/0/0/5", "-"],
      [0, place("o1", { tea: 4 }), "ok", "tea 5/4/0/1", "PENDING_PAYMENT"],
      [1, adjust("a1", "tea", -2), "stock_promised", "tea 5/4/0/1", "-"],
      [1, adjust("a1", "tea", -2, { reason: "damage", acceptsShortage: true }), "ok", "tea 3/4/0/-1", "-"],
      [2, place("o2", { tea: 8 }), "ok", "tea 3/12/0/-9", "PENDING_PAYMENT"],
      [3, place("o3", { tea: 1 }), "insufficient_stock", "tea 3/12/0/-9", "-"],
    );
  });

  test("a correction leaves owed units owed, within the limit", () => {
    const shop = live(...owed);
    shop.edit("tea", { reservedStock: 3 });
    expect(shop.ask(correct("c1", "tea", 5, 7, 0))).toEqual(["ok"]);
    expect(shop.stock("tea")).toBe("5/7/0/-2");
    shop.edit("tea", { reservedStock: 3 });
    expect(shop.ask(limit(1), correct("c2", "tea", 5, 7, 0))).toEqual(["ok", "stock_promised"]);
  });
});
