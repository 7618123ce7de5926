import { expect, test } from "vitest";
import { cancel, changeCart, claim, confirm, create, erase, extend, fulfil, note, place } from "../testing/commands.ts";
import { RulesShop } from "../testing/rules-shop.ts";

function shopWith(): RulesShop {
  const shop = new RulesShop();
  shop.ask(
    create("tea", 9),
    create("cup", 9),
    place("o1", { tea: 2, cup: 1 }, { ...claim("placed"), customerId: "ada" }),
  );
  return shop;
}

test("a repeat under its key answers as the first did, whatever has become of the order", () => {
  const shop = shopWith();
  const asked = changeCart("o1", { tea: 3 }, claim("k"));
  const first = shop.outcome(asked);
  expect(first).toMatchObject({ kind: "accepted", replayed: false, subject: { version: 2, lines: [{ quantity: 3 }] } });
  const again = { ...first, replayed: true };
  shop.ask(changeCart("o1", { cup: 4 }), note("o1", { reference: "A-1" }), extend("o1", 90));
  expect(JSON.stringify(shop.outcome(asked))).toBe(JSON.stringify(again));
  shop.ask(confirm("o1"), fulfil("f1", "o1", { cup: 1 }));
  expect(JSON.stringify(shop.outcome(asked))).toBe(JSON.stringify(again));
  expect([shop.stock("tea"), shop.stock("cup")]).toEqual(["9/0/0/9", "8/0/3/5"]);
});

test("undoes no later change, also where its own lines had been there already", () => {
  const shop = shopWith();
  const same = changeCart("o1", { tea: 2, cup: 1 }, { ...claim("k"), ifVersion: 7 });
  expect(shop.ask(same, changeCart("o1", { tea: 5 }), same)).toEqual(["ok", "ok", "replayed"]);
  expect(shop.order("o1")).toMatchObject({ version: 3, lines: [{ sku: "tea", quantity: 5 }] });
});

test("a key is of one order and one body", () => {
  const shop = shopWith();
  shop.ask(place("o2", { tea: 1 }), changeCart("o1", { tea: 3 }, claim("k")));
  expect(
    shop.ask(
      changeCart("o1", { tea: 4 }, claim("k", "other")),
      changeCart("o2", { tea: 3 }, claim("k")),
      changeCart("o1", { tea: 3 }, claim("k")),
    ),
  ).toEqual(["idempotency_key_reused", "idempotency_key_reused", "replayed"]);
});

test("a repeat finds no order where its record was taken out of the database", () => {
  const shop = shopWith();
  const asked = changeCart("o1", { tea: 3 }, claim("k"));
  shop.ask(asked);
  shop.snapshot = { ...shop.snapshot, orders: new Map() };
  expect(shop.ask(asked)).toEqual(["order_not_found"]);
});

test("what is refused claims no key", () => {
  const shop = shopWith();
  const asked = changeCart("o1", { tea: 10 }, claim("k"));
  expect(shop.ask(asked, changeCart("o1", { tea: 4 }, claim("k", "other")))).toEqual(["insufficient_stock", "ok"]);
  shop.ask(cancel("o1"));
  expect(shop.ask(asked)).toEqual(["idempotency_key_reused"]);
});

test("keeps nothing of who the customer is, and nothing at all of a change without a key", () => {
  const shop = shopWith();
  shop.ask(changeCart("o1", { tea: 3 }), changeCart("o1", { tea: 4 }, claim("k")));
  const kept = [...shop.snapshot.lineChanges.values()];
  expect(kept.map(({ version }) => version)).toEqual([3]);
  expect(JSON.stringify(kept)).not.toContain("ada");
  shop.ask(erase("o1", "ada", "erased"));
  expect(shop.outcome(changeCart("o1", { tea: 4 }, claim("k")))).toMatchObject({ subject: { customerId: "erased" } });
});
