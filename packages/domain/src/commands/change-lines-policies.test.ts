import { expect, test } from "vitest";
import type { ProductPolicies } from "../product-policy.ts";
import { change, changeCart, confirm, create, place } from "../testing/commands.ts";
import { instant, RulesShop } from "../testing/rules-shop.ts";

const ann = { customerId: "ann" };

function shopWith(policies: ProductPolicies): RulesShop {
  const shop = new RulesShop();
  shop.ask(create("tea", 5, { policies }), create("cup", 50));
  return shop;
}

test("other lines keep to the quantities of what they change, and of nothing else", () => {
  const shop = shopWith({ minimumQuantity: 2 });
  shop.ask(place("o1", { tea: 3, cup: 1 }));
  expect(shop.ask(changeCart("o1", { tea: 1, cup: 1 }), changeCart("o1", { tea: 2, cup: 1 }))).toEqual([
    "quantity_not_allowed",
    "ok",
  ]);
  shop.ask(change("tea", { policies: { minimumQuantity: 4 } }));
  expect(shop.ask(changeCart("o1", { tea: 2, cup: 2 }), changeCart("o1", { tea: 3, cup: 2 }))).toEqual([
    "ok",
    "quantity_not_allowed",
  ]);
});

test("more units are owed within the limit, and the line says how many", () => {
  const shop = shopWith({ backorderLimit: 3 });
  shop.ask(place("o1", { tea: 4 }));
  expect(shop.ask(changeCart("o1", { tea: 9 }), changeCart("o1", { tea: 8 }))).toEqual(["insufficient_stock", "ok"]);
  expect([shop.stock("tea"), shop.order("o1").lines]).toMatchObject(["5/8/0/-3", [{ backorderedQuantity: 3 }]]);
  expect(shop.ask(changeCart("o1", { tea: 2 }))).toEqual(["ok"]);
  expect([shop.stock("tea"), shop.order("o1").lines]).toMatchObject(["5/2/0/3", [{ backorderedQuantity: 2 }]]);
});

test("more units count towards a customer's limit, fewer give them back", () => {
  const shop = shopWith({ purchaseLimit: { quantity: 3, windowSeconds: 60 } });
  shop.ask(place("o1", { tea: 1 }, ann), place("o2", { tea: 1 }, ann), place("o3", { cup: 1 }));
  expect(
    shop.ask(
      changeCart("o1", { tea: 3 }),
      changeCart("o1", { tea: 2 }),
      changeCart("o2", { cup: 1 }),
      changeCart("o1", { tea: 3 }),
      changeCart("o3", { tea: 1 }),
    ),
  ).toEqual(["purchase_limit_exceeded", "ok", "ok", "ok", "customer_required"]);
  expect(shop.ask(confirm("o1"), place("o4", { tea: 1 }, ann))).toEqual(["ok", "purchase_limit_exceeded"]);
});

test("a new line says its release", () => {
  const shop = shopWith({ releaseAt: instant(99) });
  shop.ask(place("o1", { cup: 1 }), changeCart("o1", { cup: 1, tea: 1 }));
  expect(shop.order("o1").lines).toMatchObject([{ sku: "cup" }, { sku: "tea", releaseAt: instant(99) }]);
});
