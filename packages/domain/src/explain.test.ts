import { expect, test } from "vitest";
import { Explainer } from "./explain.ts";
import type { Explanation } from "./explanation.ts";
import { type LocationId, mainLocation, type Sku } from "./ids.ts";
import { emptyLevel, noFigures } from "./stock-level.ts";
import {
  adjust,
  adjustmentId,
  confirm,
  correct,
  correctionId,
  create,
  expire,
  fulfil,
  fulfilmentId,
  orderId,
  place,
} from "./testing/commands.ts";
import { instant, RulesShop } from "./testing/rules-shop.ts";

const tea = { sku: "tea" as Sku, locationId: mainLocation };

function explain(shop: RulesShop, locationId: LocationId = mainLocation): Explanation {
  const explainer = new Explainer({ ...tea, locationId });
  for (const entry of shop.journal.toReversed()) explainer.add(entry);
  return explainer.explanation;
}

test("names what makes each number, newest first", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), adjust("a1", "tea", 4), place("o1", { tea: 2 }), place("o2", { tea: 1 }));
  shop.seconds = 2;
  shop.ask(place("o3", { tea: 3 }), place("o4", { tea: 1 }), confirm("o1"), confirm("o4"));
  expect(explain(shop)).toMatchObject({
    level: { version: 8, totalStock: 9, reservedStock: 4, committedStock: 3 },
    adjustments: { count: 2, sum: 9, newest: [{ id: adjustmentId("a1") }, { reason: "initial" }] },
    held: {
      count: 2,
      sum: 4,
      newest: [
        { orderId: orderId("o3"), units: 3, placedAt: instant(2) },
        { orderId: orderId("o2"), units: 1, placedAt: instant(0) },
      ],
    },
    sold: { count: 2, sum: 3, newest: [{ orderId: orderId("o4") }, { orderId: orderId("o1"), placedAt: instant(0) }] },
    corrections: { count: 0, sum: { totalStock: 0 }, newest: [] },
    unexplained: { totalStock: 0, reservedStock: 0, committedStock: 0 },
  });
});

test("counts a sale to a late payment once", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 2 }), place("o2", { tea: 1 }));
  shop.seconds = 60;
  shop.ask(expire("o1"));
  shop.ask(confirm("o1"), confirm("o2"));
  expect(explain(shop)).toMatchObject({
    held: { count: 0, sum: 0 },
    sold: { count: 2, sum: 3, newest: [{ orderId: orderId("o2") }, { orderId: orderId("o1") }] },
  });
});

test("shows an edit without a booking, and the correction that evens it out", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5));
  shop.edit("tea", { totalStock: 8, reservedStock: 1 });
  shop.ask(place("o1", { tea: 2 }));
  const unexplained = { totalStock: 3, reservedStock: 1, committedStock: 0 };
  expect(explain(shop)).toMatchObject({ level: { totalStock: 8, reservedStock: 3 }, held: { sum: 2 }, unexplained });
  shop.ask(correct("c1", "tea", 5, 2, 0));
  expect(explain(shop)).toMatchObject({
    level: { totalStock: 5, reservedStock: 2 },
    corrections: { count: 1, sum: { totalStock: -3, reservedStock: -1 }, newest: [{ id: correctionId("c1") }] },
    unexplained,
  });
});

test("where the journal is not read to its beginning, counts all by the recount and names what was read back to its placing", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 9), place("o1", { tea: 2 }), place("o2", { tea: 4 }));
  shop.ask(confirm("o1"), place("o3", { tea: 1 }));
  const explainer = new Explainer(tea);
  for (const entry of shop.journal.slice(-1)) explainer.add(entry);
  expect(explainer.summedBy(shop.recount("tea"), [])).toMatchObject({
    adjustments: { count: 1, sum: 9, newest: [] },
    held: { count: 2, sum: 5, newest: [{ orderId: orderId("o3"), units: 1 }] },
    sold: { count: 1, sum: 2, newest: [] },
    unexplained: { totalStock: 0, reservedStock: 0, committedStock: 0 },
  });
});

test("lists the newest 200 of each part, and counts all", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 0));
  for (let n = 0; n < 250; n += 1) {
    shop.seconds = n;
    const name = String(n).padStart(3, "0");
    shop.ask(adjust(name, "tea", 3), place(name, { tea: 1 }, { holdSeconds: 900 }), place(`s${name}`, { tea: 2 }));
    shop.ask(confirm(`s${name}`));
  }
  const { level, adjustments, held, sold } = explain(shop);
  expect(level).toMatchObject({ totalStock: 750, reservedStock: 250, committedStock: 500 });
  expect([adjustments, held, sold].map(({ count, sum, newest }) => [count, sum, newest.length])).toEqual([
    [250, 750, 200],
    [250, 250, 200],
    [250, 500, 200],
  ]);
  expect([adjustments.newest[0]?.id, held.newest[0]?.orderId, sold.newest[0]?.orderId]).toEqual([
    adjustmentId("249"),
    orderId("249"),
    orderId("s249"),
  ]);
});

test("tells what was sold from what has left, also where the journal is not read to its beginning", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 9), place("o1", { tea: 3 }), confirm("o1"), place("o2", { tea: 2 }), confirm("o2"));
  shop.ask(fulfil("f1", "o1", { tea: 1 }), fulfil("f2", "o2"));
  const parts = [explain(shop), new Explainer(tea).summedBy(shop.recount("tea"), [])].map(
    ({ adjustments, sold, shipped, unexplained }) => ({
      adjusted: [adjustments.count, adjustments.sum],
      sold: [sold.count, sold.sum],
      shipped: [shipped.count, shipped.sum],
      unexplained,
    }),
  );
  const expected = { adjusted: [1, 9], sold: [2, 5], shipped: [2, 3], unexplained: noFigures };
  expect(parts).toEqual([expected, expected]);
  expect(explain(shop).shipped.newest).toMatchObject([
    { fulfilmentId: fulfilmentId("f2"), orderId: orderId("o2"), units: 2 },
    { fulfilmentId: fulfilmentId("f1"), orderId: orderId("o1"), units: 1 },
  ]);
});

test("answers zeros for a level that nothing has moved", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 1 }));
  const nothing = { count: 0, sum: 0, newest: [] };
  const zeros = { totalStock: 0, reservedStock: 0, committedStock: 0 };
  expect(explain(shop, "berlin" as LocationId)).toEqual({
    level: emptyLevel(tea.sku, "berlin" as LocationId),
    adjustments: nothing,
    held: nothing,
    sold: nothing,
    shipped: nothing,
    cancelled: nothing,
    restocked: nothing,
    awaiting: nothing,
    sent: nothing,
    expected: nothing,
    arrived: nothing,
    unsellable: nothing,
    corrections: { ...nothing, sum: zeros },
    unexplained: zeros,
    unreadable: [],
  });
});
