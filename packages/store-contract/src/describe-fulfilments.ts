import { decideBatch, type Fulfilment, mainLocation, type OrderId, type Sku } from "@holdfast/domain";
import { readable } from "@holdfast/engine";
import {
  adjust,
  cancel,
  claim,
  confirm,
  create,
  fulfil,
  idOf,
  open,
  orderId,
  place,
  type Shop,
} from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const tea = { sku: "tea" as Sku, locationId: mainLocation };

async function fulfilmentsOf(shop: Shop, of: OrderId): Promise<Fulfilment[]> {
  return (await shop.database.queries.list("fulfilments", { orderId: of }, { limit: 9 })).map(readable);
}

/** What leaves is kept beside its order, counted on it, and taken off its level, which adds up all the same. */
export function describeFulfilments(withShop: ShopTest): void {
  test(
    "keeps what leaves of an order, counts it on the order, and takes it off what is there and what is sold",
    withShop(async (shop, ask) => {
      await ask(create("tea", 10), create("cup", 5), place("o1", { tea: 3, cup: 2 }), place("o2", { tea: 1 }));
      await ask(confirm("o1"), confirm("o2"), fulfil("f1", "o1", { tea: 1 }), fulfil("f2", "o2"));
      expect([await shop.stock("tea"), (await shop.order("o1")).fulfilmentStatus]).toEqual(["8/0/2/6", "PARTIAL"]);
      await ask(fulfil("f3", "o1", undefined, { reference: "parcel" }));
      const order = await shop.order("o1");
      expect(order).toMatchObject({ fulfilmentStatus: "FULFILLED", version: 4, status: "CONFIRMED" });
      expect(order.lines.map(({ fulfilledQuantity }) => fulfilledQuantity)).toEqual([3, 2]);
      expect([await shop.stock("tea"), await shop.stock("cup")]).toEqual(["6/0/0/6", "3/0/0/3"]);
      expect((await fulfilmentsOf(shop, orderId("o1"))).map(({ lines }) => lines.length)).toEqual([2, 1]);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "makes one fulfilment under a key, and ships nothing twice",
    withShop(async (shop, ask) => {
      await ask(create("tea", 10), place("o1", { tea: 3 }), confirm("o1"));
      await ask(fulfil("f1", "o1", { tea: 1 }, claim("k")));
      expect(await shop.ask(fulfil("f2", "o1", { tea: 1 }, claim("k")))).toEqual(["replayed"]);
      const parcels = ["f3", "f4", "f5"].map((name) => shop.ask(fulfil(name, "o1", { tea: 2 })));
      expect((await Promise.all(parcels)).flat().sort()).toEqual(["more_than_sold", "more_than_sold", "ok"]);
      expect([await shop.stock("tea"), (await fulfilmentsOf(shop, orderId("o1"))).length]).toEqual(["7/0/0/7", 2]);
    }),
  );

  test(
    "adds a level up by its fold and without it, whatever has left before and since, also late",
    withShop(async (shop, ask) => {
      const { folds } = shop.database;
      await ask(create("tea", 20), place("o1", { tea: 6 }), place("o2", { tea: 2 }), confirm("o1"), cancel("o2"));
      await ask(fulfil("f2", "o1", { tea: 2 }));
      expect(await folds.foldOn(tea)).toBe(true);
      await ask(fulfil("f3", "o1", { tea: 1 }), fulfil("f1", "o1", { tea: 1 }));
      for (const trust of ["always", "never"] as const) {
        const [recount] = await shop.database.queries.recounts({ sku: tea.sku, trust }, { limit: 1 });
        expect(recount).toMatchObject({
          sources: { totalStock: 16, reservedStock: 0, committedStock: 2 },
          sums: { units: { shippedUnits: 4 }, counts: { totalStock: 1, committedStock: 1, shippedUnits: 3 } },
          level: { fold: { units: { totalStock: 17, committedStock: 3, shippedUnits: 3 } } },
        });
        expect(recount).not.toHaveProperty("foldIsWrong");
      }
      expect([await folds.foldOn(tea), await shop.drift()]).toEqual([true, []]);
    }),
  );

  test(
    "adds up what leaves at each of a SKU's places apart",
    withShop(async (shop, ask) => {
      const berlin = { locationId: "berlin" };
      await ask(create("tea", 9), create("cup", 9), open("berlin"));
      await ask(place("o1", { tea: 2, cup: 1 }), confirm("o1"), fulfil("f1", "o1"));
      await ask(adjust("a1", "tea@berlin", 5), place("o2", { tea: 3 }, berlin), confirm("o2"));
      await ask(fulfil("f2", "o2", { "tea@berlin": 1 }));
      expect(await Promise.all(["tea", "tea@berlin", "cup"].map((name) => shop.stock(name)))).toEqual([
        "7/0/0/7",
        "4/0/2/2",
        "8/0/0/8",
      ]);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "decides a fulfilment again where its order has moved meanwhile",
    withShop(async (shop, ask) => {
      await ask(create("tea", 10), place("o1", { tea: 3 }), confirm("o1"));
      const rival: Promise<string[]>[] = [];
      const commit = await shop.database.store.transact({
        id: idOf("late"),
        commands: [fulfil("f1", "o1", { tea: 2 })],
        decide: (snapshot, commands, now) => {
          if (rival.length === 0) rival.push(shop.ask(fulfil("f2", "o1", { tea: 2 })));
          return decideBatch(snapshot, commands, now);
        },
        timeoutMs: 20_000,
      });
      const [words] = await Promise.all(rival);
      const outcome = commit.kind === "committed" ? commit.batch.outcomes[0]?.kind : commit.kind;
      // One of them comes first, and the other one finds a single unit left.
      expect([outcome, words?.[0]].sort()).toEqual(
        outcome === "accepted" ? ["accepted", "more_than_sold"] : ["ok", "refused"],
      );
      expect(await shop.stock("tea")).toBe("8/0/1/7");
    }),
  );
}
