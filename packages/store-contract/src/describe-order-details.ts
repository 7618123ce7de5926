import type { CustomerId, Sku } from "@holdfast/domain";
import { cancel, claim, confirm, create, expire, note, orderId, place } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** What a shop writes on its orders, and finds them by. */
export function describeOrderDetails(withShop: ShopTest): void {
  test(
    "keeps what a shop writes on an order, and what it was placed with",
    withShop(async (shop, ask) => {
      const placing = place("o1", { tea: 1 }, { ...claim("k"), reference: "A-1", metadata: { channel: "web" } });
      await ask(create("tea", 9), placing, place("o2", { tea: 1 }));
      const placed = await shop.outcomes(placing);
      await ask(note("o1", { metadata: { channel: null, "gift-note": "für Änne: $alles.Gute" } }));
      await ask(note("o1", { reference: null }), note("o2", { reference: "B-2", metadata: { constructor: "paper" } }));
      const [first, second] = [await shop.order("o1"), await shop.order("o2")];
      expect([first.reference, first.metadata]).toEqual([undefined, { "gift-note": "für Änne: $alles.Gute" }]);
      expect([second.reference, second.metadata]).toEqual(["B-2", { constructor: "paper" }]);
      await ask(note("o1", { metadata: null }));
      expect(Object.keys(await shop.order("o1"))).not.toContain("metadata");
      expect(JSON.stringify(await shop.outcomes(placing))).toBe(JSON.stringify(placed));
      await ask(confirm("o1"), cancel("o2"));
      expect((await shop.order("o2")).reference).toBe("B-2");
    }),
  );

  test(
    "finds orders by reference, payment, metadata, SKU and customer together, newest first, page by page",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      const web = { metadata: { channel: "web" } };
      await ask(create("tea", 50), create("cup", 50));
      await ask(
        place("o1", { tea: 1 }, { reference: "A" }),
        place("o2", { tea: 1, cup: 1 }, { reference: "A", customerId: "ann", ...web }),
        place("o3", { cup: 1 }, { reference: "A", customerId: "ann", metadata: { channel: "shop", note: "web" } }),
        place("o4", { tea: 1 }, { reference: "B", customerId: "ann", ...web }),
        place("o5", { cup: 1 }, web),
      );
      await ask(...["o2", "o3", "o5"].map((name) => confirm(name, "pi_1")), confirm("o4", "pi_4"));
      const found = async (...[filter, paging]: Parameters<typeof queries.orders>) =>
        (await queries.orders(filter, paging)).map(({ id }) => id.slice(-2));
      const limit = 10;
      const channel = { name: "channel", value: "web" };
      const [ann, tea, cup] = ["ann" as CustomerId, "tea" as Sku, "cup" as Sku];
      expect(await found({ reference: "A" }, { limit })).toEqual(["o3", "o2", "o1"]);
      expect(await found({ reference: "A" }, { limit: 1, after: orderId("o3") })).toEqual(["o2"]);
      expect(await found({ reference: "A", customerId: ann, sku: tea }, { limit })).toEqual(["o2"]);
      expect(await found({ reference: "a" }, { limit })).toEqual([]);
      expect(await found({ metadata: channel }, { limit })).toEqual(["o5", "o4", "o2"]);
      expect(await found({ metadata: channel }, { limit: 1, after: orderId("o5") })).toEqual(["o4"]);
      expect(await found({ metadata: channel, sku: cup }, { limit })).toEqual(["o5", "o2"]);
      expect(await found({ metadata: channel, reference: "A", statuses: ["CONFIRMED"] }, { limit })).toEqual(["o2"]);
      expect(await found({ metadata: { name: "note", value: "web" } }, { limit })).toEqual(["o3"]);
      expect(await found({ paymentReference: "pi_1" }, { limit })).toEqual(["o5", "o3", "o2"]);
      expect(await found({ paymentReference: "pi_1" }, { limit: 1, after: orderId("o5") })).toEqual(["o3"]);
      expect(await found({ paymentReference: "pi_1", reference: "A", sku: tea }, { limit })).toEqual(["o2"]);
      expect(await found({ paymentReference: "pi_1", metadata: channel, customerId: ann }, { limit })).toEqual(["o2"]);
      expect(await found({ paymentReference: "pi_9" }, { limit })).toEqual([]);
    }),
  );

  test(
    "finds an order by what is written on it now, and by every payment of it",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      const found = async (filter: Parameters<typeof queries.orders>[0]) =>
        (await queries.orders(filter, { limit: 10 })).map(({ id }) => id.slice(-2));
      await ask(create("tea", 9), place("o1", { tea: 1 }, { reference: "A", metadata: { a: "1", b: "2" } }));
      await ask(note("o1", { reference: "B", metadata: { a: null, b: "3", c: "4" } }));
      expect(await found({ reference: "A" })).toEqual([]);
      expect(await found({ metadata: { name: "a", value: "1" } })).toEqual([]);
      expect(await found({ metadata: { name: "b", value: "2" } })).toEqual([]);
      expect(await found({ reference: "B", metadata: { name: "b", value: "3" } })).toEqual(["o1"]);
      await ask(confirm("o1", "pi_1"));
      expect(await shop.ask(confirm("o1", "pi_2"))).toEqual(["order_already_paid"]);
      expect(await found({ paymentReference: "pi_1", unsoldOutcome: "REFUND_DUE" })).toEqual(["o1"]);
      expect(await found({ paymentReference: "pi_2", reference: "B" })).toEqual(["o1"]);
      await ask(note("o1", { reference: null, metadata: null }));
      expect(await found({ reference: "B" })).toEqual([]);
      expect(await found({ metadata: { name: "c", value: "4" } })).toEqual([]);
      await ask(place("o2", { tea: 1 }, { metadata: { c: "4" } }));
      shop.later = 60_000;
      await ask(expire("o2"));
      expect(await found({ metadata: { name: "c", value: "4" }, statuses: ["EXPIRED"] })).toEqual(["o2"]);
    }),
  );
}
