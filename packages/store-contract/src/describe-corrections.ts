import { type LevelName, mainLocation, type Sku } from "@holdfast/domain";
import { adjust, cancel, confirm, correct, create, open, place } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const tea: LevelName = { sku: "tea" as Sku, locationId: mainLocation };
const each = <Value>(count: number, make: (index: number) => Value) => Array.from({ length: count }, (_, i) => make(i));

/** Finds and corrects levels that were edited behind the store's back. */
export function describeCorrections(withShop: ShopTest): void {
  test(
    "finds a counter that was edited, and sets it to what its sources add up to",
    withShop(async (shop, ask, editLevel) => {
      await ask(create("tea", 10), place("o1", { tea: 2 }), place("o2", { tea: 3 }), confirm("o2"), create("cup", 1));
      await editLevel(tea, { totalStock: 12, reservedStock: 0 });
      expect(await shop.drift()).toEqual([
        "tea reservedStock is 0, orders say 2",
        "tea totalStock is 12, adjustments say 10",
        "tea totalStock is 12, journal say 10",
        "tea reservedStock is 0, journal say 2",
      ]);
      const [outcome] = await shop.outcomes(correct("c1", "tea", 10, 2, 3));
      expect(outcome).toMatchObject({
        kind: "accepted",
        subject: { change: { totalStock: -2, reservedStock: 2, committedStock: 0 }, after: { version: 5 } },
      });
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["10/2/3/5", []]);
      const [last] = await shop.ledger("tea", 1);
      expect(last).toMatchObject({
        reason: "corrected",
        reference: "edited by hand",
        change: { totalStock: -2, reservedStock: 2 },
        after: { version: 5, totalStock: 10, reservedStock: 2, committedStock: 3 },
      });
      await ask(cancel("o1"));
      expect(await shop.stock("tea")).toBe("10/0/3/7");
    }),
  );

  test(
    "mends a version that was edited, too",
    withShop(async (shop, ask, editLevel) => {
      await ask(create("tea", 10));
      await editLevel(tea, { version: 7 });
      expect(await shop.drift()).toEqual(["tea version is 7, journal say 1"]);
      await ask(correct("c1", "tea", 10, 0, 0));
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "counts each location's own orders and adjustments",
    withShop(async (shop, ask, editLevel) => {
      await ask(create("tea", 10), open("berlin"), adjust("a1", "tea@berlin", 5), adjust("a2", "tea", 1));
      await ask(place("o1", { tea: 1 }), place("o2", { tea: 4 }, { locationId: "berlin" }));
      await editLevel({ ...tea, locationId: "berlin" as never }, { reservedStock: 0 });
      expect(await shop.ask(correct("c1", "tea", 11, 1, 0))).toEqual(["nothing_to_correct"]);
      await ask(correct("c2", "tea@berlin", 5, 4, 0));
      expect([await shop.stock("tea"), await shop.stock("tea@berlin")]).toEqual(["11/1/0/10", "5/4/0/1"]);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "writes nothing where an order came between seeing and correcting",
    withShop(async (shop, ask, editLevel) => {
      await ask(create("tea", 10), place("o1", { tea: 2 }));
      await editLevel(tea, { reservedStock: 1 });
      await ask(place("o2", { tea: 3 }));
      const [outcome] = await shop.outcomes(correct("c1", "tea", 10, 2, 0));
      expect(outcome).toEqual({
        kind: "refused",
        failure: {
          code: "drift_changed",
          ...tea,
          counted: { totalStock: 10, reservedStock: 4, committedStock: 0 },
          expected: { totalStock: 10, reservedStock: 5, committedStock: 0 },
        },
      });
      expect(await shop.stock("tea")).toBe("10/4/0/6");
      expect(await shop.database.queries.journal(tea.sku, { limit: 10 })).toHaveLength(2);
    }),
  );

  test(
    "refuses what would promise more than there is, and what needs no correction",
    withShop(async (shop, ask, editLevel) => {
      await ask(create("tea", 10), place("o1", { tea: 6 }));
      await editLevel(tea, { reservedStock: 0 });
      await ask(adjust("a1", "tea", -7));
      expect(await shop.ask(correct("c1", "tea", 3, 6, 0))).toEqual(["stock_promised"]);
      await ask(adjust("a2", "tea", 3), correct("c2", "tea", 6, 6, 0));
      expect(await shop.ask(correct("c3", "tea", 6, 6, 0), correct("c4", "pot", 0, 0, 0))).toEqual([
        "nothing_to_correct",
        "product_not_found",
      ]);
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["6/6/0/0", []]);
    }),
  );

  test(
    "corrects once, to figures that were true at one moment, while orders come and go",
    withShop(async (shop, ask, editLevel) => {
      await ask(create("tea", 100), ...each(10, (n) => place(`o${n}`, { tea: 1 })));
      await editLevel(tea, { reservedStock: 3 });
      // Whichever comes first, orders or corrections: one of the sums from 10 to 30 is the right one at each moment.
      const words = await Promise.all([
        ...each(20, (n) => shop.ask(place(`p${n}`, { tea: 1 }))),
        ...each(21, (n) => shop.ask(correct(`c${n}`, "tea", 100, 10 + n, 0))),
      ]);
      const refusals = words.flat().filter((word) => word !== "ok" && word !== "drift_changed");
      expect(refusals.filter((word) => word !== "nothing_to_correct")).toEqual([]);
      const corrected = words
        .slice(20)
        .flat()
        .filter((word) => word === "ok").length;
      if (corrected === 0) await ask(correct("last", "tea", 100, 30, 0));
      expect([await shop.stock("tea"), corrected <= 1]).toEqual(["100/30/0/70", true]);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "makes a level anew that someone has deleted, and then its reservations end",
    withShop(async (shop, ask, _editLevel, _corrupt, deleteLevel) => {
      await ask(create("tea", 10), place("o1", { tea: 2 }), place("o2", { tea: 3 }), place("o3", { tea: 1 }));
      await ask(confirm("o3"));
      await deleteLevel(tea);
      expect(await shop.ask(place("o4", { tea: 1 }))).toEqual(["insufficient_stock"]);
      const [outcome] = await shop.outcomes(correct("c1", "tea", 0, 0, 0));
      expect(outcome).toMatchObject({
        failure: {
          code: "drift_changed",
          counted: { totalStock: 0, reservedStock: 0, committedStock: 0 },
          expected: { totalStock: 10, reservedStock: 5, committedStock: 1 },
        },
      });
      await ask(correct("c2", "tea", 10, 5, 1));
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["10/5/1/4", []]);
      await ask(cancel("o1"), confirm("o2"), place("o5", { tea: 4 }));
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["10/4/4/2", []]);
      const [, , corrected] = await shop.ledger("tea", 5);
      expect(corrected).toMatchObject({ reason: "order_cancelled" });
      await ask(open("berlin"));
      expect(await shop.ask(correct("c3", "tea@berlin", 0, 0, 0))).toEqual(["nothing_to_correct"]);
    }),
  );

  test(
    "makes one correction of one idempotency key, in a batch and across batches, and finds it again",
    withShop(async (shop, ask, editLevel) => {
      await ask(create("tea", 10), place("o1", { tea: 2 }));
      await editLevel(tea, { reservedStock: 0 });
      const claimed = (name: string, fingerprint = "body") => {
        return { ...correct(name, "tea", 10, 2, 0), claim: { key: "k", fingerprint } };
      };
      const [first, second] = await shop.outcomes(claimed("c1"), claimed("c2"));
      expect([first?.kind, second]).toEqual(["accepted", { ...first, replayed: true }]);
      await editLevel(tea, { reservedStock: 1 });
      expect(await shop.outcomes(claimed("c3"))).toEqual([{ ...first, replayed: true }]);
      expect(await shop.ask(claimed("c4", "other"))).toEqual(["idempotency_key_reused"]);
      expect(await shop.stock("tea")).toBe("10/1/0/9");
      await ask(correct("c5", "tea", 10, 2, 0));
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["10/2/0/8", []]);
    }),
  );
}
