import { everyLocation, readable } from "@holdfast/engine";
import { adjust, cancel, changePlace, confirm, create, fulfil, giveBack, open, place } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** Places that hold stock, and what is promised at them. */
export function describeLocations(withShop: ShopTest): void {
  test(
    "begins with one location, and lists those that were opened by priority",
    withShop(async (shop, ask) => {
      const names = async () => (await everyLocation(shop.database.queries)).map((each) => readable(each).id);
      expect(await names()).toEqual(["main"]);
      await ask(open("berlin", { priority: 3 }), open("aachen", { priority: 3 }), open("bonn", { priority: 2 }));
      await ask(changePlace("main", { priority: 9, name: "Store" }));
      expect(await names()).toEqual(["bonn", "aachen", "berlin", "main"]);
      const [, , , main] = (await everyLocation(shop.database.queries)).map(readable);
      expect(main).toMatchObject({ id: "main", version: 2, name: "Store", priority: 9, active: true });
    }),
  );

  test(
    "counts and sells nothing at a location that there is not",
    withShop(async (shop, ask) => {
      await ask(create("tea", 5));
      const words = ["location_not_found", "location_not_found"];
      expect(await shop.ask(adjust("a1", "tea@brelin", 1), place("o1", { tea: 1 }, { locationId: "brelin" }))).toEqual(
        words,
      );
      expect([await shop.stock("tea@brelin"), await shop.stock("tea")]).toEqual(["none", "5/0/0/5"]);
    }),
  );

  test(
    "promises nothing at a location that is closed, and ends there what was promised before",
    withShop(async (shop, ask) => {
      const berlin = { locationId: "berlin" };
      await ask(create("tea", 5), open("berlin"), adjust("a1", "tea@berlin", 5));
      await ask(place("o1", { tea: 1 }, berlin), place("o2", { tea: 1 }, berlin), place("o3", { tea: 1 }));
      await ask(changePlace("berlin", { active: false }));
      expect(await shop.ask(place("o4", { tea: 1 }, berlin))).toEqual(["location_inactive"]);
      await ask(confirm("o1"), cancel("o2"), fulfil("f1", "o1"), giveBack("r1", "o1"), adjust("a2", "tea@berlin", -1));
      expect([await shop.stock("tea@berlin"), await shop.stock("tea"), await shop.drift()]).toEqual([
        "4/0/0/4",
        "5/1/0/4",
        [],
      ]);
      await ask(changePlace("berlin", { active: true }), place("o5", { tea: 4 }, berlin));
    }),
  );

  test(
    "opens a location once, however many ask at the same time, and changes it one after the other",
    withShop(async (shop) => {
      const ids = Array.from({ length: 8 }, (_, n) => n);
      const opened = await Promise.all(ids.map((n) => shop.ask(open("berlin", { name: `Berlin ${n}` }))));
      expect(opened.flat().filter((word) => word === "ok")).toHaveLength(1);
      expect(new Set(opened.flat())).toEqual(new Set(["ok", "location_exists"]));
      const changed = await Promise.all(
        ids.map((n) => shop.ask(changePlace("berlin", { priority: n + 10, ifVersion: 1 }))),
      );
      expect(changed.flat().filter((word) => word === "ok")).toHaveLength(1);
      expect(new Set(changed.flat())).toEqual(new Set(["ok", "location_changed"]));
    }),
  );
}
