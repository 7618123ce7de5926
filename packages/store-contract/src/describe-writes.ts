import { type Command, limits } from "@holdfast/domain";
import { adjust, cancel, claim, confirm, create, expire, open, place, review } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** Applies each command of a sequence of transactions, whole or not at all. */
export function describeWrites(withShop: ShopTest): void {
  test(
    "counts every step of an order's life",
    withShop(async (shop) => {
      const steps: readonly (readonly [string, Command, string, string])[] = [
        ["created", create("tea", 10), "ok", "10/0/0/10"],
        ["restocked", adjust("a1", "tea", 5), "ok", "15/0/0/15"],
        ["counted down", adjust("a2", "tea", -3, { reason: "damage" }), "ok", "12/0/0/12"],
        ["held", place("o1", { tea: 2 }), "ok", "12/2/0/10"],
        ["held by another", place("o2", { tea: 4 }), "ok", "12/6/0/6"],
        ["sold", confirm("o1", "pay-1"), "ok", "12/4/2/6"],
        ["sold once only", confirm("o1", "pay-1"), "ok", "12/4/2/6"],
        ["given back", cancel("o2"), "ok", "12/0/2/10"],
        ["given back once only", cancel("o2"), "ok", "12/0/2/10"],
        ["not due", place("o3", { tea: 10 }), "ok", "12/10/2/0"],
        ["not due yet", expire("o3"), "order_not_due", "12/10/2/0"],
        ["more than there is", place("o4", { tea: 1 }), "insufficient_stock", "12/10/2/0"],
      ];
      for (const [what, command, outcome, stock] of steps) {
        expect([what, ...(await shop.ask(command)), await shop.stock("tea")]).toEqual([what, outcome, stock]);
      }
      shop.later = 60_000;
      expect(await shop.ask(expire("o3"))).toEqual(["ok"]);
      expect(await shop.stock("tea")).toBe("12/0/2/10");
      expect((await shop.order("o1")).payments).toMatchObject([{ reference: "pay-1", outcome: "ON_TIME" }]);
      expect((await shop.order("o2")).reservation.status).toBe("CANCELLED");
      expect((await shop.order("o3")).reservation.status).toBe("EXPIRED");
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "decides a batch in order, each command on the state the last one left",
    withShop(async (shop) => {
      const outcomes = await shop.ask(
        create("tea", 3),
        place("o1", { tea: 2 }),
        place("o2", { tea: 2 }),
        cancel("o1"),
        place("o3", { tea: 3 }),
        confirm("o3"),
      );
      expect(outcomes).toEqual(["ok", "ok", "insufficient_stock", "ok", "ok", "ok"]);
      expect(await shop.stock("tea")).toBe("3/0/3/0");
      expect((await shop.order("o3")).version).toBe(2);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "holds a whole cart or nothing of it",
    withShop(async (shop) => {
      await shop.ask(create("tea", 5), create("cup", 1));
      expect(await shop.ask(place("o1", { tea: 2, cup: 2 }))).toEqual(["insufficient_stock"]);
      expect([await shop.stock("tea"), await shop.stock("cup")]).toEqual(["5/0/0/5", "1/0/0/1"]);
      expect(
        await shop.ask(
          place("o2", [
            ["tea", 3],
            ["tea", 3],
          ]),
        ),
      ).toEqual(["insufficient_stock"]);
      expect(
        await shop.ask(
          place("o3", [
            ["tea", 3],
            ["cup", 1],
            ["tea", 2],
          ]),
        ),
      ).toEqual(["ok"]);
      expect([await shop.stock("tea"), await shop.stock("cup")]).toEqual(["5/5/0/0", "1/1/0/0"]);
    }),
  );

  test(
    "keeps stock apart by location",
    withShop(async (shop) => {
      await shop.ask(create("tea", 1), open("berlin"), adjust("a1", "tea@berlin", 4));
      expect(await shop.ask(place("o1", { tea: 4 }))).toEqual(["insufficient_stock"]);
      expect(await shop.ask(place("o2", { tea: 4 }, { locationId: "berlin" }))).toEqual(["ok"]);
      expect([await shop.stock("tea"), await shop.stock("tea@berlin")]).toEqual(["1/0/0/1", "4/4/0/0"]);
      expect(await shop.ask(place("o3", { tea: 1 }, { locationId: "nowhere" }))).toEqual(["location_not_found"]);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "makes one thing of one idempotency key, in a batch and across batches",
    withShop(async (shop) => {
      await shop.ask(create("tea", 9, claim("p")));
      expect(await shop.ask(create("tea", 9, claim("p")), create("tea", 9))).toEqual(["replayed", "product_exists"]);
      const placed = await shop.outcomes(place("o1", { tea: 2 }, claim("k")), place("o2", { tea: 2 }, claim("k")));
      await shop.ask(confirm("o1"));
      const again = await shop.outcomes(place("o3", { tea: 2 }, claim("k")));
      expect([...placed, ...again]).toEqual([
        placed[0],
        { ...placed[0], replayed: true },
        { ...placed[0], replayed: true },
      ]);
      expect(await shop.ask(place("o4", { tea: 1 }, claim("k", "other")))).toEqual(["idempotency_key_reused"]);
      const counted = await shop.outcomes(adjust("a1", "tea", 1, claim("k")));
      await shop.ask(place("o5", { tea: 1 }));
      expect(await shop.outcomes(adjust("a2", "tea", 1, claim("k")))).toEqual([{ ...counted[0], replayed: true }]);
      expect(await shop.stock("tea")).toBe("10/1/2/7");
    }),
  );

  test(
    "writes nothing for a refusal",
    withShop(async (shop) => {
      await shop.ask(create("tea", 1));
      const asked = [
        place("o1", { tea: 2 }),
        place("o2", { coffee: 1 }),
        adjust("a1", "tea", -2),
        adjust("a2", "tea", limits.totalStockMax),
        confirm("o1"),
        cancel("o1"),
      ];
      expect(await shop.ask(...asked)).toEqual([
        "insufficient_stock",
        "product_not_found",
        "stock_promised",
        "stock_limit_exceeded",
        "order_not_found",
        "order_not_found",
      ]);
      expect(await shop.database.queries.journal("tea" as never, { limit: 10 })).toHaveLength(1);
      expect(await shop.database.queries.orders({}, { limit: 10 })).toEqual([]);
    }),
  );

  test(
    "sells to a late payment what is still free, else records the refund that is due",
    withShop(async (shop) => {
      await shop.ask(create("tea", 2), place("o1", { tea: 1 }), place("o2", { tea: 1 }), place("o3", { tea: 9 }));
      shop.later = 61_000;
      expect(await shop.ask(confirm("o1", "late-1"))).toEqual(["ok"]);
      expect(await shop.ask(expire("o2"), place("o4", { tea: 1 }))).toEqual(["ok", "ok"]);
      expect(await shop.ask(confirm("o2", "late-2"))).toEqual(["late_payment_refund_due"]);
      expect(await shop.ask(confirm("o2", "late-2"))).toEqual(["late_payment_refund_due"]);
      expect(await shop.stock("tea")).toBe("2/1/1/0");
      expect(await shop.order("o1")).toMatchObject({ status: "CONFIRMED", payments: [{ outcome: "REHELD" }] });
      expect(await shop.order("o2")).toMatchObject({
        status: "FAILED",
        version: 3,
        payments: [{ reference: "late-2", outcome: "REFUND_DUE" }],
      });
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "adds up what a customer and an API key hold, and counts neither what has ended nor what others hold",
    withShop(async (shop, given) => {
      const bounds = { unitsPerCustomerMax: 5, unitsPerKeyMax: 9 };
      const ann = { customerId: "ann", bounds };
      await given(create("tea", 100), create("cup", 100));
      // Orders placed without a bound do not count against the key; a customer's always count.
      await given(place("o0", { tea: 2 }, { customerId: "ann" }), place("o1", { tea: 1, cup: 1 }, ann));
      await given(place("o2", { cup: 3 }, { customerId: "bob", bounds }), place("o3", { cup: 1 }, { bounds }));
      const steps: readonly (readonly [Command, string])[] = [
        [place("o4", { tea: 2 }, ann), "hold_limit_exceeded"],
        [place("o5", { tea: 3 }, { customerId: "eve", bounds }), "ok"],
        [place("o6", { tea: 1 }, { bounds }), "hold_limit_exceeded"],
        [confirm("o1"), "ok"],
        [place("o4", { tea: 3 }, ann), "hold_limit_exceeded"],
        [cancel("o0"), "ok"],
        [place("o4", { tea: 2 }, ann), "ok"],
        [place("o7", { tea: 1 }, ann), "hold_limit_exceeded"],
        [place("o7", { tea: 1 }, { customerId: "ann", bounds: { unitsPerCustomerMax: 5 } }), "ok"],
      ];
      for (const [command, outcome] of steps)
        expect([command, ...(await shop.ask(command))]).toEqual([command, outcome]);
    }),
  );

  test(
    "keeps a late payment for a person to decide, once",
    withShop(async (shop) => {
      await shop.ask(create("tea", 2), place("o1", { tea: 1 }), place("o2", { tea: 1 }), place("o3", { tea: 9 }));
      shop.later = 61_000;
      await shop.ask(expire("o1"), expire("o2"), place("o4", { tea: 2 }));
      for (const name of ["o1", "o2"]) {
        expect(await shop.ask(confirm(name, "late", "review"))).toEqual(["late_payment_review_due"]);
        expect(await shop.ask(confirm(name, "late", "refund"))).toEqual(["late_payment_review_due"]);
      }
      expect(await shop.ask(review("o1", "SELL"))).toEqual(["insufficient_stock"]);
      expect(await shop.ask(cancel("o4"), review("o1", "SELL"), review("o1", "REFUND"))).toEqual([
        "ok",
        "ok",
        "order_not_reviewable",
      ]);
      expect(await shop.ask(review("o2", "REFUND"), review("o2", "REFUND"), review("o2", "SELL"))).toEqual([
        "ok",
        "ok",
        "order_not_reviewable",
      ]);
      expect(await shop.stock("tea")).toBe("2/0/1/1");
      expect(await shop.order("o1")).toMatchObject({
        status: "CONFIRMED",
        version: 4,
        payments: [{ reference: "late", outcome: "REHELD", review: { decision: "SELL" } }],
      });
      expect(await shop.order("o2")).toMatchObject({
        status: "FAILED",
        version: 4,
        payments: [{ outcome: "REFUND_DUE", review: { decision: "REFUND" } }],
      });
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "sets a command that hits a bug aside, and commits the others",
    withShop(async (shop) => {
      // A shape that no caller can send: the rule throws on it.
      const poison = { ...place("o2", { tea: 1 }), holdSeconds: Symbol("poison") } as unknown as Command;
      await shop.ask(create("tea", 5));
      expect(await shop.ask(place("o1", { tea: 1 }), poison, place("o3", { tea: 1 }))).toEqual(["ok", "broken", "ok"]);
      expect(await shop.stock("tea")).toBe("5/2/0/3");
    }),
  );

  test(
    "calls a batch that cannot be written not committed, for good",
    withShop(async (shop) => {
      await shop.ask(create("tea", 5), place("o1", { tea: 1 }));
      expect(await shop.transact(place("o1", { tea: 1 }))).toMatchObject({ kind: "not_committed", transient: false });
      expect(await shop.stock("tea")).toBe("5/1/0/4");
    }),
  );

  test(
    "commits a batch of a thousand carts whole",
    withShop(async (shop) => {
      await shop.ask(create("tea", 600), create("cup", 2_000));
      const carts = Array.from({ length: 1_000 }, (_, index) => place(`o${index}`, { tea: 1, cup: 2 }));
      const words = await shop.ask(...carts);
      expect(words.filter((word) => word === "ok")).toHaveLength(600);
      expect([await shop.stock("tea"), await shop.stock("cup")]).toEqual(["600/600/0/0", "2000/1200/0/800"]);
      expect(await shop.drift()).toEqual([]);
    }),
  );
}
