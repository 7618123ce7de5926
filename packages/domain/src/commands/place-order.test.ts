import { expect, test } from "vitest";
import type { LocationId } from "../ids.ts";
import { adjust, cancel, claim, confirm, create, orderId, place } from "../testing/commands.ts";
import { live } from "../testing/live.ts";
import { instant, RulesShop } from "../testing/rules-shop.ts";

test("holds what is available, to the last unit and no further", () => {
  live(
    [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
    [0, place("o1", { tea: 6 }), "insufficient_stock", "tea 5/0/0/5", "-"],
    [0, place("o2", { tea: 2 }), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [0, place("o3", { tea: 4 }), "insufficient_stock", "tea 5/2/0/3", "-"],
    [0, place("o4", { tea: 3 }), "ok", "tea 5/5/0/0", "PENDING_PAYMENT"],
    [0, place("o5", { tea: 1 }), "insufficient_stock", "tea 5/5/0/0", "-"],
    [0, confirm("o2"), "ok", "tea 5/3/2/0", "CONFIRMED"],
    [0, place("o5", { tea: 1 }), "insufficient_stock", "tea 5/3/2/0", "-"],
    [0, cancel("o4"), "ok", "tea 5/0/2/3", "CANCELLED"],
    [0, place("o5", { tea: 1 }), "ok", "tea 5/1/2/2", "PENDING_PAYMENT"],
  );
});

test("holds a whole cart or nothing of it", () => {
  live(
    [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
    [0, create("cup", 1), "ok", "tea 5/0/0/5, cup 1/0/0/1", "-"],
    [0, place("o1", { tea: 2, cup: 2 }), "insufficient_stock", "tea 5/0/0/5, cup 1/0/0/1", "-"],
    [0, place("o2", { tea: 2, can: 1 }), "product_not_found", "tea 5/0/0/5, can none", "-"],
    [0, place("o3", { tea: 2, cup: 1 }), "ok", "tea 5/2/0/3, cup 1/1/0/0", "PENDING_PAYMENT"],
  );
});

test("adds up the lines of one SKU before it looks at the stock", () => {
  const twice = (quantity: number) =>
    [
      ["tea", quantity],
      ["cup", 1],
      ["tea", quantity],
    ] as const;
  const shop = live(
    [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
    [0, create("cup", 5), "ok", "cup 5/0/0/5", "-"],
    [0, place("o1", twice(3)), "insufficient_stock", "tea 5/0/0/5, cup 5/0/0/5", "-"],
    [0, place("o2", twice(2)), "ok", "tea 5/4/0/1, cup 5/1/0/4", "PENDING_PAYMENT"],
  );
  expect(shop.order("o2").lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
    ["tea", 4],
    ["cup", 1],
  ]);
  expect(shop.order("o2").total).toEqual({ amount: 5 * 450, currency: "EUR" });
});

test("holds at the asked location only", () => {
  const berlin = { locationId: "berlin" as LocationId };
  live(
    [0, create("tea", 5), "ok", "tea 5/0/0/5", "-"],
    [0, place("o1", { tea: 1 }, berlin), "insufficient_stock", "tea 5/0/0/5, tea@berlin none", "-"],
    [0, adjust("a1", "tea@berlin", 1), "ok", "tea@berlin 1/0/0/1", "-"],
    [0, place("o1", { tea: 1 }, berlin), "ok", "tea 5/0/0/5, tea@berlin 1/1/0/0", "PENDING_PAYMENT"],
    [0, cancel("o1"), "ok", "tea 5/0/0/5, tea@berlin 1/0/0/1", "CANCELLED"],
  );
});

test("names every line that falls short, and every SKU that is unknown", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), create("cup", 1), create("can", 0));
  expect(shop.outcome(place("o1", { tea: 9, cup: 1, can: 2 }))).toEqual({
    kind: "refused",
    failure: {
      code: "insufficient_stock",
      shortfalls: [
        { sku: "tea", locationId: "main", requested: 9, available: 5 },
        { sku: "can", locationId: "main", requested: 2, available: 0 },
      ],
    },
  });
  expect(shop.outcome(place("o2", { pot: 1, tea: 9, jug: 1 }))).toEqual({
    kind: "refused",
    failure: { code: "product_not_found", skus: ["pot", "jug"] },
  });
});

test("refuses a cart that is priced in two currencies", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), create("cup", 5, { price: { amount: 300, currency: "JPY" } }));
  expect(shop.outcome(place("o1", { tea: 1, cup: 1 }))).toEqual({
    kind: "refused",
    failure: { code: "currency_mismatch", currencies: ["EUR", "JPY"] },
  });
  expect([shop.stock("tea"), shop.stock("cup")]).toEqual(["5/0/0/5", "5/0/0/5"]);
  expect(shop.ask(place("o2", { cup: 2 }))).toEqual(["ok"]);
  expect(shop.order("o2").total).toEqual({ amount: 600, currency: "JPY" });
});

test("takes down name and price, and for how long it holds", () => {
  const shop = new RulesShop();
  shop.seconds = 10;
  shop.ask(create("tea", 5));
  shop.ask(place("o1", { tea: 2 }, { holdSeconds: 30 }));
  expect(shop.order("o1")).toEqual({
    id: orderId("o1"),
    version: 1,
    status: "PENDING_PAYMENT",
    locationId: "main",
    lines: [{ sku: "tea", quantity: 2, name: "Fine tea", unitPrice: { amount: 450, currency: "EUR" } }],
    total: { amount: 900, currency: "EUR" },
    placedAt: instant(10),
    holdSeconds: 30,
    paymentCounts: {},
    fulfilmentStatus: "NONE",
    payments: [],
    reservation: { id: orderId("o1").replace("ord_", "res_"), status: "ACTIVE", expiresAt: instant(40) },
  });
});

test("makes one order of one key, and answers it as it was placed", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5));
  const first = shop.outcome(place("o1", { tea: 1 }, claim("k")));
  expect(shop.outcome(place("o2", { tea: 1 }, claim("k")))).toEqual({ ...first, replayed: true });
  shop.ask(confirm("o1", "pay-1"));
  expect(shop.outcome(place("o3", { tea: 1 }, claim("k")))).toEqual({ ...first, replayed: true });
  expect(shop.ask(place("o4", { tea: 2 }, claim("k", "other body")))).toEqual(["idempotency_key_reused"]);
  expect(shop.ask(place("o5", { tea: 1 }, claim("other key")))).toEqual(["ok"]);
  expect(shop.stock("tea")).toBe("5/1/1/3");
});

test("gives a key back that was refused", () => {
  live(
    [0, create("tea", 0), "ok", "tea 0/0/0/0", "-"],
    [0, place("o1", { tea: 1 }, claim("k")), "insufficient_stock", "tea 0/0/0/0", "-"],
    [0, adjust("a1", "tea", 1), "ok", "tea 1/0/0/1", "-"],
    [0, place("o1", { tea: 1 }, claim("k")), "ok", "tea 1/1/0/0", "PENDING_PAYMENT"],
  );
});
