import { describe, expect, test } from "vitest";
import type { CustomerId, Sku } from "../ids.ts";
import { buyerKey } from "../purchases.ts";
import { recordKey, Unreadable } from "../stored/unreadable.ts";
import { cancel, cancelSold, confirm, create, erase, expire, place } from "../testing/commands.ts";
import { RulesShop } from "../testing/rules-shop.ts";

const ann = { customerId: "ann" as CustomerId, bounds: { unitsPerCustomerMax: 5 } };

test("puts a pseudonym in the place of the customer, whatever the order's state, and nothing else", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 9), ...["o1", "o2", "o3", "o4"].map((name) => place(name, { tea: 1 }, ann)));
  shop.seconds = 60;
  shop.ask(confirm("o1"), cancel("o2"), expire("o3"));
  shop.seconds = 0;
  for (const name of ["o1", "o2", "o3", "o4"]) {
    const before = shop.order(name);
    expect(shop.ask(erase(name, "ann", "erased-1"))).toEqual(["ok"]);
    expect(shop.order(name)).toEqual({ ...before, version: before.version + 1, customerId: "erased-1" });
  }
  expect(JSON.stringify(shop.journal)).not.toContain("ann");
});

test("counts what is still held under the pseudonym, and gives it back from there", () => {
  const shop = new RulesShop();
  const held = () => [...shop.snapshot.holdings.values()].map(({ holder, units }) => `${holder} ${units}`);
  shop.ask(create("tea", 9), place("o1", { tea: 3 }, ann), place("o2", { tea: 2 }, ann));
  shop.ask(erase("o1", "ann", "erased-1"));
  expect(held().sort()).toEqual(["customer:ann 2", "customer:erased-1 3"]);
  expect(shop.ask(place("o3", { tea: 3 }, ann), place("o4", { tea: 1 }, ann))).toEqual(["ok", "hold_limit_exceeded"]);
  shop.ask(cancel("o1"));
  expect(held()).toEqual(["customer:ann 5"]);
});

describe("of products that limit what a customer may buy", () => {
  const limited = (windowSeconds: number) =>
    create("tea", 9, { policies: { purchaseLimit: { quantity: 3, windowSeconds } } });
  const bought = (shop: RulesShop) =>
    [...shop.snapshot.purchases.values()].map(({ buyer, bought }) => [...JSON.parse(buyer), bought.split(" ").length]);

  test("counts what was bought under the pseudonym, and starts anew for the id", () => {
    const shop = new RulesShop();
    shop.ask(limited(600), place("o1", { tea: 1 }, ann), place("o2", { tea: 2 }, ann), confirm("o1"));
    shop.ask(erase("o2", "ann", "erased-1"), erase("o1", "ann", "erased-1"));
    expect(bought(shop)).toEqual([["erased-1", "tea", 2]]);
    expect(shop.ask(place("o3", { tea: 3 }, ann))).toEqual(["ok"]);
    shop.ask(cancel("o2"), cancelSold("r1", "o1"), cancel("o3"));
    expect(bought(shop)).toEqual([]);
  });

  test("forgets what had left the window before, so that the purchases grow no longer than they were", () => {
    const shop = new RulesShop();
    shop.ask(limited(10));
    for (const name of ["o1", "o2", "o3"]) {
      shop.seconds += 10;
      expect(shop.ask(place(name, { tea: 2 }, ann), confirm(name))).toEqual(["ok", "ok"]);
    }
    shop.ask(...["o3", "o2", "o1"].map((name) => erase(name, "ann", "erased-1")));
    expect(bought(shop)).toEqual([["erased-1", "tea", 1]]);
    expect(shop.order("o1").customerId).toBe("erased-1");
  });

  test("refuses while the purchases cannot be read, which would keep the id", () => {
    const shop = new RulesShop();
    shop.ask(limited(600), place("o1", { tea: 1 }, ann));
    const buyer = buyerKey("ann" as CustomerId, "tea" as Sku);
    const found = new Unreadable("purchases", buyer, "bought must be purchases");
    shop.snapshot = {
      ...shop.snapshot,
      purchases: new Map(),
      unreadable: new Map([[recordKey("purchases", buyer), found]]),
    };
    expect(shop.ask(erase("o1", "ann", "erased-1"), cancel("o1"))).toEqual(["record_unreadable", "ok"]);
  });
});

test("leaves an order of another customer, of a guest, or of one erased before as it is", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 9), place("o1", { tea: 1 }, ann), place("o2", { tea: 1 }));
  const { events } = shop.batch(
    erase("o1", "bob", "erased-1"),
    erase("o2", "ann", "erased-1"),
    erase("o1", "ann", "erased-1"),
    erase("o1", "ann", "erased-2"),
  );
  expect(events).toMatchObject([{ type: "CustomerErased", customerId: "erased-1" }]);
  expect(shop.order("o1").customerId).toBe("erased-1");
  expect(shop.ask(erase("o9", "ann", "erased-1"))).toEqual(["order_not_found"]);
});
