import { claim, confirm, create, orderId, place } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** Carts that take the place of an order, and dry runs. */
export function describeReplacements(withShop: ShopTest): void {
  test(
    "moves units from an order to the one that replaces it, in one commit",
    withShop(async (shop, ask) => {
      const ann = { customerId: "ann", bounds: { unitsPerCustomerMax: 6 } };
      await ask(create("tea", 6), create("cup", 2), place("o1", { tea: 5, cup: 1 }, ann));
      await ask(place("o2", { tea: 6 }, { ...ann, replaces: orderId("o1") }));
      expect([await shop.stock("tea"), await shop.stock("cup")]).toEqual(["6/6/0/0", "2/0/0/2"]);
      expect([(await shop.order("o1")).status, (await shop.order("o2")).replaces]).toEqual([
        "CANCELLED",
        orderId("o1"),
      ]);
      expect(await shop.ask(place("o3", { cup: 1 }, ann))).toEqual(["hold_limit_exceeded"]);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "replaces an order once, however many carts try at the same time, or is paid",
    withShop(async (shop, ask) => {
      await ask(create("tea", 9), place("o0", { tea: 2 }));
      const carts = Array.from({ length: 6 }, (_, n) => place(`o${n + 1}`, { tea: 2 }, { replaces: orderId("o0") }));
      const words = (await Promise.all([...carts, confirm("o0")].map((command) => shop.ask(command)))).flat();
      const replaced = words.slice(0, -1).filter((word) => word === "ok").length;
      const { status } = await shop.order("o0");
      expect([replaced, status]).toEqual(status === "CONFIRMED" ? [0, "CONFIRMED"] : [1, "CANCELLED"]);
      expect(await shop.stock("tea")).toBe(status === "CONFIRMED" ? "9/0/2/7" : "9/2/0/7");
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "keeps nothing of a dry run, neither its order nor its key",
    withShop(async (shop, ask) => {
      await ask(create("tea", 9));
      expect(await shop.ask(place("o1", { tea: 2 }, { ...claim("k"), dryRun: true }))).toEqual(["ok"]);
      expect(await shop.stock("tea")).toBe("9/0/0/9");
      expect(await shop.database.queries.order(orderId("o1"))).toBeUndefined();
      expect(await shop.ask(place("o2", { tea: 2 }, claim("k", "another body")))).toEqual(["ok"]);
      expect(await shop.ask(place("o3", { tea: 2 }, { ...claim("k", "another body"), dryRun: true }))).toEqual([
        "replayed",
      ]);
      expect((await shop.feed()).flatMap(({ records }) => records.map(({ type }) => type))).toEqual([
        "ProductCreated",
        "StockAdjusted",
        "OrderPlaced",
      ]);
    }),
  );
}
