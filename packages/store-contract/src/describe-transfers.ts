import type { LocationId, Sku } from "@holdfast/domain";
import { entityWith, readable } from "@holdfast/engine";
import {
  buy,
  callOff,
  claim,
  closeShort,
  correct,
  create,
  levelNamed,
  open,
  place,
  receive,
  type Shop,
  send,
  ship,
  transferId,
} from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const sku = "tea" as Sku;

/** Of tea at each place: total, reserved, on its way, available. */
async function levelsOf(shop: Shop): Promise<string[]> {
  const { levels = [] } = (await shop.database.queries.product(sku)) ?? {};
  return levels.map(
    ({ locationId, totalStock, reservedStock, incomingStock = 0 }) =>
      `${locationId} ${totalStock}/${reservedStock}/${incomingStock}`,
  );
}

/** Units between places, and from suppliers. */
export function describeTransfers(withShop: ShopTest): void {
  test(
    "counts units at their source, on their way and at their target, and each step in the ledger",
    withShop(async (shop, ask) => {
      await ask(create("tea", 10), open("berlin"), send("t1", "main", "berlin", { tea: 6 }));
      expect(await levelsOf(shop)).toEqual(["main 10/6/0"]);
      await ask(ship("t1"));
      expect(await levelsOf(shop)).toEqual(["berlin 0/0/6", "main 4/0/0"]);
      await ask(receive("e1", "t1", { tea: 2 }), receive("e2", "t1", { tea: 1 }, { condition: "UNSELLABLE" }));
      expect(await levelsOf(shop)).toEqual(["berlin 3/0/3", "main 4/0/0"]);
      await ask(closeShort("t1", { lossReason: "theft", note: "seen on the ramp" }));
      await ask(send("t2", "main", "berlin", { tea: 2 }), ship("t2"), callOff("t2"), buy("t3", "main", { tea: 5 }));
      expect(await levelsOf(shop)).toEqual(["berlin 3/0/0", "main 4/0/5"]);
      expect(await shop.drift()).toEqual([]);
      const transfer = await entityWith(shop.database.queries, "transfers", transferId("t1"));
      expect(transfer).toMatchObject({ status: "CLOSED", version: 5, lossReason: "theft" });
      expect(transfer?.lines).toEqual([{ sku, quantity: 6, receivedQuantity: 3, lostQuantity: 3 }]);
      expect(await entityWith(shop.database.queries, "transfers", transferId("t9"))).toBeUndefined();
    }),
  );

  test(
    "lists transfers by state, by place and by SKU, and receipts by transfer",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      await ask(create("tea", 10), create("cup", 10), open("berlin"), open("paris"));
      await ask(
        send("t1", "main", "berlin", { tea: 1 }),
        send("t2", "main", "paris", { tea: 1, cup: 1 }),
        buy("t3", "paris", { cup: 1 }),
      );
      await ask(ship("t2"), receive("e1", "t2", { tea: 1 }), receive("e2", "t2"), receive("e3", "t3"), callOff("t1"));
      const found = async (filter: Parameters<typeof queries.list<"transfers">>[1]) =>
        (await queries.list("transfers", filter, { limit: 9 })).map(readable).map(({ id }) => id.slice(-2));
      const paris = "paris" as LocationId;
      expect(await found({})).toEqual(["t3", "t2", "t1"]);
      expect(await found({ status: "RECEIVED" })).toEqual(["t3", "t2"]);
      expect(await found({ legs: { locationId: paris } })).toEqual(["t3", "t2"]);
      expect(await found({ legs: { sku } })).toEqual(["t2", "t1"]);
      expect(await found({ legs: { sku, locationId: paris } })).toEqual(["t2"]);
      expect(await found({ status: "CANCELLED", legs: { sku, locationId: "main" } })).toEqual(["t1"]);
      const after = await queries.list("transfers", { legs: { sku } }, { limit: 1, after: transferId("t2") });
      expect(after.map(readable).map(({ id }) => id)).toEqual([transferId("t1")]);
      const receipts = await queries.list("receipts", { transferId: transferId("t2") }, { limit: 9 });
      expect(receipts.map(readable).map(({ transferStatus }) => transferStatus)).toEqual(["RECEIVED", "IN_TRANSIT"]);
    }),
  );

  test(
    "receives nothing twice: under one key, or by two people at once",
    withShop(async (shop, ask) => {
      await ask(create("tea", 0), buy("t1", "main", { tea: 5 }), receive("e1", "t1", { tea: 1 }, claim("k")));
      expect(await shop.ask(receive("e2", "t1", { tea: 1 }, claim("k")))).toEqual(["replayed"]);
      const clerks = ["e3", "e4", "e5"].map((name) => shop.ask(receive(name, "t1", { tea: 3 })));
      expect((await Promise.all(clerks)).flat().sort()).toEqual(["more_than_in_transit", "more_than_in_transit", "ok"]);
      const others = [shop.ask(receive("e6", "t1")), shop.ask(closeShort("t1")), shop.ask(callOff("t1"))];
      expect((await Promise.all(others)).flat().filter((word) => word === "ok")).toHaveLength(1);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "never promises the same unit to a buyer and to another place",
    withShop(async (shop, ask) => {
      await ask(create("tea", 6), open("berlin"));
      const asked = ["1", "2", "3", "4", "5", "6"].flatMap((n) => [
        shop.ask(send(`t${n}`, "main", "berlin", { tea: 1 })),
        shop.ask(place(`o${n}`, { tea: 1 })),
      ]);
      const words = (await Promise.all(asked)).flat();
      expect(words.filter((word) => word === "ok")).toHaveLength(6);
      expect(await shop.stock("tea")).toBe("6/6/0/0");
    }),
  );

  test(
    "adds a level up by its fold and without it, whatever became of a transfer before and since",
    withShop(async (shop, ask) => {
      const { folds, queries } = shop.database;
      await ask(create("tea", 20), open("berlin"), send("t1", "main", "berlin", { tea: 6 }), ship("t1"));
      await ask(send("t2", "main", "berlin", { tea: 3 }), ship("t2"), receive("e2", "t2", { tea: 1 }));
      await ask(send("t3", "main", "berlin", { tea: 2 }));
      const places = [levelNamed("tea"), levelNamed("tea@berlin")];
      for (const level of places) expect(await folds.foldOn(level)).toBe(true);
      await ask(receive("e1", "t1", { tea: 2 }), callOff("t1"), closeShort("t2"), ship("t3"));
      for (const trust of ["always", "never"] as const) {
        const recounts = await queries.recounts({ sku, trust }, { limit: 9 });
        expect(recounts).toMatchObject([
          { sources: { totalStock: 3, incomingStock: 2 }, sums: { units: { arrivedUnits: 3 } } },
          { sources: { totalStock: 13, reservedStock: 0 }, sums: { units: { sentUnits: 7 } } },
        ]);
        for (const recount of recounts) expect(recount).not.toHaveProperty("foldIsWrong");
      }
      expect(await folds.foldOn(levelNamed("tea"))).toBe(true);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "finds a level whose expected units were edited, and corrects it",
    withShop(async (shop, ask, editLevel) => {
      await ask(create("tea", 5), buy("t1", "main", { tea: 4 }));
      await editLevel(levelNamed("tea"), { incomingStock: 9 });
      expect(await shop.drift()).toEqual([
        "tea incomingStock is 9, transfers say 4",
        "tea incomingStock is 9, journal say 4",
      ]);
      const expected = { totalStock: 5, reservedStock: 0, committedStock: 0, incomingStock: 4 };
      await ask({ ...correct("c1", "tea", 5, 0, 0), expected });
      expect([await levelsOf(shop), await shop.drift()]).toEqual([["main 5/0/4"], []]);
    }),
  );
}
