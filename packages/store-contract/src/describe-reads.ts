import type { CustomerId, Instant, LevelName, OrderId, Recount, Sku } from "@holdfast/domain";
import { type MovementPlace, movementPage, readable, readableProduct } from "@holdfast/engine";
import { adjust, cancel, confirm, create, expire, levelNamed, open, orderId, place, refund } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** Lists, filters and pages. */
export function describeReads(withShop: ShopTest): void {
  test(
    "lists products by SKU, page by page, with their levels",
    withShop(async ({ database: { queries }, ...shop }, ask) => {
      await ask(create("c", 0), create("a", 1), create("b", 2), open("berlin"), adjust("x", "b@berlin", 5));
      const first = await queries.products({ limit: 2 });
      const rest = await queries.products({ limit: 2, after: "b" as Sku });
      const found = [...first, ...rest].map(readableProduct);
      expect(found.map(({ product, levels }) => [product.sku, levels.map((l) => l.totalStock)])).toEqual([
        ["a", [1]],
        ["b", [5, 2]],
        ["c", [0]],
      ]);
      expect(await queries.product("none" as Sku)).toBeUndefined();
      expect(shop.later).toBe(0);
    }),
  );

  test(
    "lists orders newest first, by status, customer, SKU and time, page by page",
    withShop(async ({ database: { queries } }, ask) => {
      await ask(create("tea", 50), create("cup", 50));
      await ask(
        place("o1", { tea: 1 }),
        place("o2", { cup: 1 }, { customerId: "ann" }),
        place("o3", { tea: 1, cup: 1 }),
      );
      await ask(confirm("o1"), cancel("o2"));
      await ask(place("o4", { tea: 1 }, { customerId: "ann" }));
      const names = async (...asked: Parameters<typeof queries.orders>) =>
        (await queries.orders(...asked)).map(({ id }) => id.slice(-2));
      const limit = 10;
      const at = (await queries.order(orderId("o4")))?.placedAt as Instant;
      expect(await names({}, { limit })).toEqual(["o4", "o3", "o2", "o1"]);
      expect(await names({}, { limit: 2, after: orderId("o4") })).toEqual(["o3", "o2"]);
      expect(await names({ statuses: ["PENDING_PAYMENT"] }, { limit })).toEqual(["o4", "o3"]);
      expect(await names({ statuses: ["CONFIRMED", "CANCELLED"] }, { limit })).toEqual(["o2", "o1"]);
      expect(await names({ customerId: "ann" as CustomerId }, { limit })).toEqual(["o4", "o2"]);
      expect(await names({ sku: "tea" as Sku }, { limit: 2, after: orderId("o4") })).toEqual(["o3", "o1"]);
      expect(await names({ sku: "cup" as Sku, customerId: "ann" as CustomerId }, { limit })).toEqual(["o2"]);
      expect(await names({ from: (at + 1) as Instant }, { limit })).toEqual([]);
      expect(await names({ from: at, to: (at + 1) as Instant, sku: "tea" as Sku }, { limit: 1 })).toEqual(["o4"]);
      expect(await queries.order("ord_none" as OrderId)).toBeUndefined();
    }),
  );

  test(
    "finds what is due for payments that came too late, newest first, page by page",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      const names = ["o1", "o2", "o3", "o4", "o5", "o6"];
      await ask(create("tea", 8), create("cup", 9), place("o7", { cup: 1 }), place("o8", { cup: 1 }));
      await ask(...names.map((name) => place(name, { tea: 1 }, name > "o3" ? { customerId: "ann" } : {})));
      await ask(confirm("o7"), confirm("o6"));
      shop.later = 60_000;
      await ask(...names.slice(0, 5).map(expire), place("o9", { tea: 7 }));
      const late = names.slice(0, 5).map((name) => confirm(name, "late", name < "o3" ? "review" : "refund"));
      await shop.ask(...late);
      const due = async (...[filter, paging]: Parameters<typeof queries.orders>) =>
        (await queries.orders(filter, paging)).map(({ id }) => id.slice(-2));
      const limit = 10;
      expect(await due({ unsoldOutcome: "REVIEW_DUE" }, { limit })).toEqual(["o2", "o1"]);
      expect(await due({ unsoldOutcome: "REFUND_DUE" }, { limit })).toEqual(["o5", "o4", "o3"]);
      expect(await due({ unsoldOutcome: "REFUND_DUE" }, { limit: 1, after: orderId("o5") })).toEqual(["o4"]);
      expect(await due({ unsoldOutcome: "REFUND_DUE", customerId: "ann" as CustomerId }, { limit })).toEqual([
        "o5",
        "o4",
      ]);
      expect(await due({ unsoldOutcome: "REVIEW_DUE", sku: "tea" as Sku }, { limit })).toEqual(["o2", "o1"]);
      expect(await due({ unsoldOutcome: "REVIEW_DUE", sku: "cup" as Sku }, { limit })).toEqual([]);
      expect(await due({ unsoldOutcome: "REVIEW_DUE", statuses: ["FAILED"] }, { limit })).toEqual(["o2", "o1"]);
      expect(await due({ unsoldOutcome: "REVIEW_DUE", statuses: ["CONFIRMED", "EXPIRED"] }, { limit })).toEqual([]);
      expect(await due({ statuses: ["FAILED"] }, { limit: 4 })).toEqual(["o5", "o4", "o3", "o2"]);
    }),
  );

  test(
    "finds payments that sold nothing, whatever became of their order, until they are refunded",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      await ask(create("tea", 9), create("cup", 9), ...["o1", "o2", "o3"].map((name) => place(name, { tea: 1 })));
      await ask(place("o4", { tea: 1, cup: 1 }, { customerId: "ann" }), place("o5", { tea: 1 }));
      await ask(confirm("o1", "p1"), confirm("o2", "p1"), cancel("o4"));
      const [twice, vain] = ["order_already_paid", "order_not_confirmable"];
      expect(await shop.ask(confirm("o2", "p2"), confirm("o2", "p3"), confirm("o4", "p1"))).toEqual([
        twice,
        twice,
        vain,
      ]);
      shop.later = 60_000;
      await ask(expire("o3"), expire("o5"), cancel("o3"));
      expect(await shop.ask(confirm("o3", "p1"))).toEqual([vain]);
      const found = async (...[filter, paging]: Parameters<typeof queries.orders>) =>
        (await queries.orders(filter, paging)).map(({ id }) => id.slice(-2));
      const limit = 10;
      expect(await found({ unsoldOutcome: "REFUND_DUE" }, { limit })).toEqual(["o4", "o3", "o2"]);
      expect(await found({ unsoldOutcome: "REFUND_DUE" }, { limit: 1, after: orderId("o4") })).toEqual(["o3"]);
      expect(await found({ unsoldOutcome: "REFUND_DUE", statuses: ["CANCELLED"] }, { limit })).toEqual(["o4", "o3"]);
      expect(await found({ unsoldOutcome: "REFUND_DUE", sku: "cup" as Sku }, { limit })).toEqual(["o4"]);
      expect(await found({ unsoldOutcome: "REFUND_DUE", customerId: "ann" as CustomerId }, { limit })).toEqual(["o4"]);
      expect(await found({ unsoldOutcome: "REFUNDED" }, { limit })).toEqual([]);

      // An order stays due while one of its payments is.
      await ask(refund("o2", "p2", "r1"), refund("o4", "p1", "r2"));
      expect(await found({ unsoldOutcome: "REFUND_DUE" }, { limit })).toEqual(["o3", "o2"]);
      expect(await found({ unsoldOutcome: "REFUNDED" }, { limit })).toEqual(["o4", "o2"]);
      await ask(refund("o2", "p3", "r3"), refund("o3", "p1", "r4"));
      expect(await found({ unsoldOutcome: "REFUND_DUE" }, { limit })).toEqual([]);
      expect(await found({ unsoldOutcome: "REFUNDED" }, { limit })).toEqual(["o4", "o3", "o2"]);
    }),
  );

  test(
    "lists reservations by what became of them, also of an order that was cancelled after its reservation had run out",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      await ask(create("tea", 9), ...["o1", "o2", "o3"].map((name) => place(name, { tea: 1 })));
      await ask(cancel("o1"));
      shop.later = 60_000;
      await ask(expire("o2"), expire("o3"), cancel("o2"), place("o4", { tea: 1 }));
      const found = async (filter: Parameters<typeof queries.orders>[0]) =>
        (await queries.orders(filter, { limit: 10 })).map(({ id }) => id.slice(-2));
      expect(await found({ statuses: ["CANCELLED"] })).toEqual(["o2", "o1"]);
      expect(await found({ statuses: ["CANCELLED"], reservationStatus: "CANCELLED" })).toEqual(["o1"]);
      expect(await found({ statuses: ["EXPIRED", "CANCELLED"], reservationStatus: "EXPIRED" })).toEqual(["o3", "o2"]);
      expect(await found({ reservationStatus: "ACTIVE" })).toEqual(["o4"]);
    }),
  );

  test(
    "lists the ledger of a SKU, newest first, page by page, with balances after",
    withShop(async ({ database: { queries } }, ask) => {
      await ask(create("tea", 10), create("cup", 10));
      await ask(place("o1", { tea: 2 }), place("o2", { cup: 1, tea: 1 }));
      await ask(confirm("o1"), cancel("o2"), adjust("a", "tea", -1, { reason: "damage", reference: "note-7" }));
      const read: string[] = [];
      let after: MovementPlace | undefined;
      for (;;) {
        const page = await movementPage(queries, "tea" as Sku, { limit: 2, ...(after && { after }) });
        for (const movement of page.map((placed) => readable(placed.movement))) {
          const { version, totalStock, reservedStock, committedStock } = movement.after;
          read.push(`${version} ${movement.reason} ${totalStock}/${reservedStock}/${committedStock}`);
        }
        if (page.length < 2) break;
        after = page[1]?.place;
      }
      expect(read).toEqual([
        "6 damage 9/0/2",
        "5 order_cancelled 10/0/2",
        "4 order_confirmed 10/1/2",
        "3 order_placed 10/3/0",
        "2 order_placed 10/2/0",
        "1 initial 10/0/0",
      ]);
    }),
  );

  test(
    "finds the reservations that are due, the longest overdue first, and when the next one will be",
    withShop(async ({ database: { queries } }, ask) => {
      await ask(create("tea", 50));
      expect(await queries.nextExpiry(0 as Instant, Number.MAX_SAFE_INTEGER as Instant)).toBeUndefined();
      await ask(
        place("o1", { tea: 1 }, { holdSeconds: 300 }),
        place("o2", { tea: 1 }, { holdSeconds: 100 }),
        place("o3", { tea: 1 }, { holdSeconds: 200 }),
        place("o4", { tea: 1 }, { holdSeconds: 10 }),
      );
      await ask(confirm("o4"));
      const { placedAt } = (await queries.order(orderId("o1"))) as { placedAt: Instant };
      const after = (seconds: number) => (placedAt + seconds * 1000) as Instant;
      const due = async (seconds: number, limit = 10) =>
        (await queries.dueReservations(after(seconds), limit)).map((reservation) => reservation.orderId.slice(-2));
      expect(await due(99.999)).toEqual([]);
      expect(await due(100)).toEqual(["o2"]);
      expect(await due(1_000)).toEqual(["o2", "o3", "o1"]);
      expect(await due(1_000, 2)).toEqual(["o2", "o3"]);
      expect(await queries.nextExpiry(after(0), after(1_000))).toBe(after(100));
      expect(await queries.nextExpiry(after(100), after(200))).toBe(after(200));
      expect(await queries.nextExpiry(after(100), after(199))).toBeUndefined();
      expect(await queries.nextExpiry(after(300), after(1_000))).toBeUndefined();
    }),
  );

  test(
    "finds when the next reservation of one level runs out",
    withShop(async ({ database: { queries } }, ask) => {
      await ask(create("tea", 9), create("cup", 9), open("berlin"), adjust("a1", "tea@berlin", 9));
      await ask(
        place("o1", { tea: 1, cup: 1 }, { holdSeconds: 300 }),
        place("o2", { tea: 1 }, { holdSeconds: 200 }),
        place("o3", { tea: 1 }, { holdSeconds: 100, locationId: "berlin" }),
        place("o4", { cup: 1 }, { holdSeconds: 50 }),
        place("o5", { tea: 1 }, { holdSeconds: 10 }),
      );
      await ask(confirm("o5"));
      const { placedAt } = (await queries.order(orderId("o1"))) as { placedAt: Instant };
      const next = async (stockName: string, seconds: number) => {
        const found = await queries.nextExpiryOf(levelNamed(stockName), (placedAt + seconds * 1000) as Instant);
        return found === undefined ? "none" : (found - placedAt) / 1000;
      };
      expect(await next("tea", 0)).toBe(200);
      expect(await next("tea", 200)).toBe(300);
      expect(await next("tea", 300)).toBe("none");
      expect(await next("tea@berlin", 0)).toBe(100);
      expect(await next("cup", 0)).toBe(50);
      expect(await next("cup", 50)).toBe(300);
      expect(await next("cup@berlin", 0)).toBe("none");
    }),
  );

  test(
    "recounts every level once, page by page, and those of one SKU alone",
    withShop(async ({ database: { queries } }, ask) => {
      await ask(create("a", 1), create("a.b", 2), create("b", 3), open("berlin"), adjust("x", "a@berlin", 4));
      await ask(place("o1", { "a.b": 2 }), adjust("y", "a.b@berlin", 5));
      const read: string[] = [];
      for (let after: LevelName | undefined, page: Recount[] = []; read.length === 0 || page.length > 0; ) {
        page = (await queries.recounts({}, { limit: 2, ...(after && { after }) })).map(readable);
        for (const { level, sources } of page) {
          read.push(`${level.sku}@${level.locationId} ${sources.totalStock}/${sources.reservedStock}`);
        }
        after = page.at(-1)?.level;
      }
      expect(read.sort()).toEqual(["a.b@berlin 5/0", "a.b@main 2/2", "a@berlin 4/0", "a@main 1/0", "b@main 3/0"]);
      const ofOne = await queries.recounts({ sku: "a" as Sku }, { limit: 9 });
      expect(ofOne.map((recount) => readable(recount).level.locationId).sort()).toEqual(["berlin", "main"]);
      expect(await queries.recounts({ sku: "none" as Sku }, { limit: 9 })).toEqual([]);
    }),
  );

  test(
    "tells the time",
    withShop(async ({ database: { queries } }) => {
      const first = await queries.now();
      expect(first).toBeGreaterThan(1_700_000_000_000);
      expect(await queries.now()).toBeGreaterThanOrEqual(first);
    }),
  );
}
