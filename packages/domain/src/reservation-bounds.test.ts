import { expect, test } from "vitest";
import type { Actor, CustomerId } from "./ids.ts";
import type { ReservationBounds } from "./reservation-bounds.ts";
import { cancel, confirm, create, expire, orderId, place } from "./testing/commands.ts";
import { live } from "./testing/live.ts";
import { RulesShop } from "./testing/rules-shop.ts";

const ann = { customerId: "ann" as CustomerId };
const bob = { customerId: "bob" as CustomerId };
const three: { bounds: ReservationBounds } = { bounds: { unitsPerCustomerMax: 3 } };
const bounded = { bounds: { unitsPerKeyMax: 3 } };

test("lets a customer hold up to the bound at a time, and again what has ended", () => {
  live(
    [0, create("tea", 20), "ok", "tea 20/0/0/20", "-"],
    [0, place("o1", { tea: 2 }, { ...ann, ...three }), "ok", "tea 20/2/0/18", "PENDING_PAYMENT"],
    [0, place("o2", { tea: 2 }, { ...ann, ...three }), "hold_limit_exceeded", "tea 20/2/0/18", "-"],
    [0, place("o3", { tea: 3 }, { ...bob, ...three }), "ok", "tea 20/5/0/15", "PENDING_PAYMENT"],
    [0, place("o4", { tea: 1 }, { ...ann, ...three }), "ok", "tea 20/6/0/14", "PENDING_PAYMENT"],
    [0, place("o5", { tea: 1 }, { ...ann, ...three }), "hold_limit_exceeded", "tea 20/6/0/14", "-"],
    [0, confirm("o1"), "ok", "tea 20/4/2/14", "CONFIRMED"],
    [0, place("o5", { tea: 2 }, { ...ann, ...three }), "ok", "tea 20/6/2/12", "PENDING_PAYMENT"],
    [0, cancel("o4"), "ok", "tea 20/5/2/13", "CANCELLED"],
    [60, expire("o5"), "ok", "tea 20/3/2/15", "EXPIRED"],
    [60, place("o6", { tea: 3 }, { ...ann, ...three }), "ok", "tea 20/6/2/12", "PENDING_PAYMENT"],
  );
});

test("counts a customer's reservations that were placed while there was no bound", () => {
  live(
    [0, create("tea", 20), "ok", "tea 20/0/0/20", "-"],
    [0, place("o1", { tea: 3 }, ann), "ok", "tea 20/3/0/17", "PENDING_PAYMENT"],
    [0, place("o2", { tea: 1 }, { ...ann, ...three }), "hold_limit_exceeded", "tea 20/3/0/17", "-"],
  );
});

test("bounds an API key over all its customers, by its own name", () => {
  const other = { actor: "kiosk" as Actor };
  live(
    [0, create("tea", 20), "ok", "tea 20/0/0/20", "-"],
    [0, place("o1", { tea: 2 }, { ...ann, ...bounded }), "ok", "tea 20/2/0/18", "PENDING_PAYMENT"],
    [0, place("o2", { tea: 2 }, { ...bob, ...bounded }), "hold_limit_exceeded", "tea 20/2/0/18", "-"],
    [0, place("o3", { tea: 2 }, { ...other, ...bounded }), "ok", "tea 20/4/0/16", "PENDING_PAYMENT"],
    [0, place("o4", { tea: 1 }, bounded), "ok", "tea 20/5/0/15", "PENDING_PAYMENT"],
    [0, cancel("o1"), "ok", "tea 20/3/0/17", "CANCELLED"],
    [0, place("o5", { tea: 2 }, bounded), "ok", "tea 20/5/0/15", "PENDING_PAYMENT"],
  );
});

test("counts within one batch too, and units of every SKU", () => {
  const shop = new RulesShop();
  expect(
    shop.ask(
      create("tea", 9),
      create("cup", 9),
      place("o1", { tea: 1, cup: 1 }, { ...ann, ...three }),
      place("o2", { cup: 2 }, { ...ann, ...three }),
      cancel("o1"),
      place("o3", { cup: 2 }, { ...ann, ...three }),
      place(
        "o4",
        [
          ["tea", 1],
          ["tea", 1],
        ],
        { ...ann, ...three },
      ),
    ),
  ).toEqual(["ok", "ok", "ok", "hold_limit_exceeded", "ok", "ok", "hold_limit_exceeded"]);
});

test("tells what is held, what was asked and the bound", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 9), place("o1", { tea: 2 }, { ...ann, ...three }));
  expect(shop.outcome(place("o2", { tea: 2 }, { ...ann, ...three }))).toEqual({
    kind: "refused",
    failure: { code: "hold_limit_exceeded", holder: "customer", requested: 2, held: 2, unitsMax: 3 },
  });
  expect(shop.snapshot.orders.has(orderId("o2"))).toBe(false);
});
