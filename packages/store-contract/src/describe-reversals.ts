import { mainLocation, type Sku } from "@holdfast/domain";
import { readable } from "@holdfast/engine";
import { cancelSold, claim, confirm, create, fulfil, giveBack, orderId, place, repay } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const tea = { sku: "tea" as Sku, locationId: mainLocation };

/** What a sold order gives up again, and the money for it. */
export function describeReversals(withShop: ShopTest): void {
  test(
    "undoes a sale in part, counts it on the order, and finds the order as long as money is due back",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      const due = async () => (await queries.orders({ unsoldOutcome: "REFUND_DUE" }, { limit: 9 })).length;
      await ask(create("tea", 10), create("cup", 5), place("o1", { tea: 4, cup: 1 }), place("o2", { tea: 1 }));
      await ask(confirm("o1", "p1"), confirm("o2", "p2"), fulfil("f1", "o1", { tea: 2 }));
      expect(await due()).toBe(0);
      await ask(cancelSold("r1", "o1", { tea: 1 }), giveBack("r2", "o1", { tea: 1 }));
      await ask(giveBack("r3", "o1", { tea: 1 }, { disposition: "DISCARD", refund: false }), cancelSold("r4", "o2"));
      expect([await shop.stock("tea"), await shop.stock("cup"), await due()]).toEqual(["9/0/1/8", "5/0/1/4", 2]);
      const order = await shop.order("o1");
      expect(order).toMatchObject({ refundDue: 900, fulfilmentStatus: "PARTIAL", version: 6 });
      expect(order.lines[0]).toMatchObject({ fulfilledQuantity: 2, cancelledQuantity: 1, returnedQuantity: 2 });
      const reversals = await queries.list("reversals", { orderId: orderId("o1") }, { limit: 9 });
      expect(reversals.map(readable).map(({ refundDue }) => refundDue)).toEqual([0, 450, 450]);
      await ask(repay("m1", "o1", 400), repay("m2", "o2"));
      expect([(await shop.order("o1")).refunded, await due()]).toEqual([400, 1]);
      await ask(repay("m3", "o1"));
      expect([(await shop.order("o1")).refundDue, await due(), await shop.drift()]).toEqual([0, 0, []]);
    }),
  );

  test(
    "gives nothing up twice: under one key, or by two people at once",
    withShop(async (shop, ask) => {
      await ask(create("tea", 10), place("o1", { tea: 3 }), confirm("o1", "p1"));
      await ask(cancelSold("r1", "o1", { tea: 1 }, claim("k")));
      expect(await shop.ask(cancelSold("r2", "o1", { tea: 1 }, claim("k")))).toEqual(["replayed"]);
      const clerks = ["r3", "r4", "r5"].map((name) => shop.ask(cancelSold(name, "o1", { tea: 2 })));
      expect((await Promise.all(clerks)).flat().sort()).toEqual(["more_than_sold", "more_than_sold", "ok"]);
      const tills = ["m1", "m2", "m3"].map((name) => shop.ask(repay(name, "o1", 1_000)));
      expect((await Promise.all(tills)).flat().sort()).toEqual(["more_than_due", "more_than_due", "ok"]);
      expect([await shop.stock("tea"), (await shop.order("o1")).refundDue]).toEqual(["10/0/0/10", 350]);
    }),
  );

  test(
    "adds a level up by its fold and without it, whatever was given up before and since, also late",
    withShop(async (shop, ask) => {
      const { folds, queries } = shop.database;
      await ask(create("tea", 20), place("o1", { tea: 6 }), confirm("o1"), fulfil("f1", "o1", { tea: 4 }));
      await ask(giveBack("r2", "o1", { tea: 1 }), cancelSold("r3", "o1", { tea: 1 }));
      expect(await folds.foldOn(tea)).toBe(true);
      await ask(giveBack("r1", "o1", { tea: 1 }, { disposition: "DISCARD" }), giveBack("r0", "o1", { tea: 1 }));
      await ask(cancelSold("r4", "o1"));
      for (const trust of ["always", "never"] as const) {
        const [recount] = await queries.recounts({ sku: tea.sku, trust }, { limit: 1 });
        expect(recount).toMatchObject({
          sources: { totalStock: 18, reservedStock: 0, committedStock: 0 },
          sums: { units: { shippedUnits: 4, cancelledUnits: 2, restockedUnits: 2 } },
        });
        expect(recount).not.toHaveProperty("foldIsWrong");
      }
      expect([await folds.foldOn(tea), await shop.drift()]).toEqual([true, []]);
    }),
  );
}
