import {
  type Command,
  type CustomerId,
  driftOf,
  type Instant,
  type OrderId,
  type Sku,
  Unreadable,
} from "@holdfast/domain";
import {
  everyRecount,
  explainLevel,
  feedPage,
  feedStart,
  movementPage,
  RecordUnreadable,
  unreadableRecords,
} from "@holdfast/engine";
import { adjust, cancel, claim, confirm, create, expire, orderId, place, refund, type Shop } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const tea = { sku: "tea" as Sku, locationId: "main" as never };

/** The outcome of each command of one batch, with the record that stopped it. */
async function outcomesOf(shop: Shop, ...commands: readonly Command[]): Promise<string[]> {
  return (await shop.outcomes(...commands)).map((outcome) => {
    if (outcome.kind !== "refused") return outcome.kind;
    const { failure } = outcome;
    return failure.code === "record_unreadable" ? `${failure.kind} ${failure.id.replace(/0{4,}/, "")}` : failure.code;
  });
}

/** Records made unreadable behind the store's back: each one stops what needs it, and nothing else. */
export function describeUnreadable(withShop: ShopTest): void {
  test(
    "sells nothing from a level that does not count in whole numbers, and everything else",
    withShop(async (shop, ask, _editLevel, corrupt) => {
      await ask(create("tea", 10), create("cup", 10), place("o1", { tea: 1 }), place("o2", { cup: 1 }));
      await corrupt("stock_level", "tea@main", { reservedStock: -1 });
      const level = "stock_level tea@main";
      expect(
        await outcomesOf(
          shop,
          place("o3", { tea: 1 }),
          place("o4", { cup: 1 }),
          place("o5", { cup: 1, tea: 1 }),
          confirm("o1"),
          confirm("o2"),
          adjust("a1", "tea", 5),
          adjust("a2", "cup", 5),
          create("pot", 3),
        ),
      ).toEqual([level, "accepted", level, level, "accepted", level, "accepted", "accepted"]);
      expect(await shop.stock("cup")).toBe("15/1/1/13");
      expect((await shop.order("o1")).status).toBe("PENDING_PAYMENT");
      expect(await shop.drift()).toEqual(["stock_level tea@main: reservedStock must be a whole number, 0 or more"]);
      await corrupt("stock_level", "tea@main", { reservedStock: 1 });
      await ask(confirm("o1"));
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["10/0/1/9", []]);
    }),
  );

  test(
    "refuses the commands on an order that cannot be read, and lists all others past it",
    withShop(async (shop, ask, _editLevel, corrupt) => {
      const { queries } = shop.database;
      await ask(create("tea", 10), ...["o1", "o2", "o3"].map((name) => place(name, { tea: 1 }, claim(name))));
      await corrupt("order", orderId("o2"), { holdSeconds: "a while" });
      const order = "order ord_o2";
      expect(
        await outcomesOf(
          shop,
          confirm("o2"),
          cancel("o1"),
          expire("o2"),
          place("o9", { tea: 1 }, claim("o2")),
          place("o4", { tea: 1 }),
        ),
      ).toEqual([order, "accepted", order, order, "accepted"]);
      await expect(queries.order(orderId("o2"))).rejects.toThrow(RecordUnreadable);
      const page = await queries.orders({}, { limit: 9 });
      expect(page.map(({ id }) => id)).toEqual(["o4", "o3", "o2", "o1"].map(orderId));
      expect(page.map((found) => "unreadable" in found)).toEqual([false, false, true, false]);
      expect(await queries.orders({}, { limit: 1, after: orderId("o2") })).toMatchObject([{ id: orderId("o1") }]);
      expect(await unreadableRecords(queries)).toMatchObject([{ kind: "order", id: orderId("o2") }]);
      expect(await unreadableRecords(queries, tea.sku)).toMatchObject([{ kind: "order", id: orderId("o2") }]);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "refuses the commands on an order with a payment that cannot be read or is not there, and lists all others past it",
    withShop(async (shop, ask, _editLevel, corrupt) => {
      const { queries } = shop.database;
      const names = ["o1", "o2", "o3"];
      await ask(create("tea", 10), ...names.map((name) => place(name, { tea: 1 })));
      await ask(...names.map((name) => confirm(name, `pay-${name}`)));
      await corrupt("payment", `${orderId("o1")}@1`, { at: "yesterday" });
      await corrupt("order", orderId("o2"), { paymentCounts: { ON_TIME: 1, REFUND_DUE: 1 } });
      const [spoilt, lost] = ["payment ord_o1@1", "payment ord_o2@2"];
      expect(
        await outcomesOf(
          shop,
          confirm("o1", "pay-o1"),
          refund("o1", "pay-o1"),
          confirm("o2", "pay-o2"),
          confirm("o3", "pay-o3"),
        ),
      ).toEqual([spoilt, spoilt, lost, "accepted"]);
      for (const name of ["o1", "o2"]) await expect(queries.order(orderId(name))).rejects.toThrow(RecordUnreadable);
      const page = await queries.orders({}, { limit: 9 });
      expect(page.map(({ id }) => id)).toEqual(["o3", "o2", "o1"].map(orderId));
      expect(page.map((found) => "unreadable" in found && found.unreadable.reason)).toEqual([
        false,
        "must be there",
        "at must be an instant",
      ]);
      const unreadable = [
        { kind: "payment", id: `${orderId("o2")}@2` },
        { kind: "payment", id: `${orderId("o1")}@1` },
      ];
      expect(await unreadableRecords(queries)).toMatchObject(unreadable);
      expect(await unreadableRecords(queries, tea.sku)).toMatchObject(unreadable);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "takes an order that counts its payments as something else for one that cannot be read",
    withShop(async (shop, ask, _editLevel, corrupt) => {
      const { queries } = shop.database;
      await ask(create("tea", 10), place("o1", { tea: 1 }), place("o2", { tea: 1 }), confirm("o1"), confirm("o2"));
      await corrupt("order", orderId("o1"), { paymentCounts: { REHELD: 1 } });
      await expect(queries.order(orderId("o1"))).rejects.toThrow("paymentCounts must be those of its payments");
      expect((await queries.orders({}, { limit: 9 })).map((found) => "unreadable" in found)).toEqual([false, true]);
      expect(await unreadableRecords(queries)).toMatchObject([{ kind: "order", id: orderId("o1") }]);
    }),
  );

  test(
    "still finds the reservation of an order that cannot be read, and those behind it",
    withShop(async (shop, ask, _editLevel, corrupt) => {
      await ask(create("tea", 10), place("o1", { tea: 1 }), place("o2", { tea: 1 }));
      await corrupt("order", orderId("o1"), { total: { amount: "4.50", currency: "EUR" } });
      const due = await shop.database.queries.dueReservations(Number.MAX_SAFE_INTEGER as Instant, 9);
      expect(due.map((reservation) => reservation.orderId).sort()).toEqual([orderId("o1"), orderId("o2")]);
      shop.later = 61_000;
      expect(await outcomesOf(shop, expire("o1"), expire("o2"))).toEqual(["order ord_o1", "accepted"]);
    }),
  );

  test(
    "shows the ledger, the feed and a level's parts past a journal entry of a later version",
    withShop(async (shop, ask, _editLevel, corrupt) => {
      const { queries } = shop.database;
      await ask(create("tea", 10), create("cup", 4));
      await ask(place("o1", { tea: 1 }));
      await ask(place("o2", { tea: 2 }), place("o3", { cup: 1 }));
      await ask(adjust("a1", "tea", 3));
      const [, , middle] = await shop.feed();
      await corrupt("journal_entry", String(middle?.id), { records: [{ type: "TeaDrunk", actor: "tester" }] });
      const ledger = await movementPage(queries, tea.sku, { limit: 9 });
      expect(ledger.map(({ movement }) => (movement instanceof Unreadable ? movement.id : movement.reason))).toEqual([
        "restock",
        middle?.id,
        "order_placed",
        "initial",
      ]);
      const [second] = (await movementPage(queries, tea.sku, { limit: 2 })).slice(-1);
      expect(await movementPage(queries, tea.sku, { limit: 9, ...(second && { after: second.place }) })).toHaveLength(
        2,
      );
      const events = await feedPage(queries, { from: feedStart, limit: 100 });
      expect(events.map((event) => ("record" in event ? event.record.type : event.unreadable.id))).toEqual([
        ...["ProductCreated", "StockAdjusted", "ProductCreated", "StockAdjusted", "OrderPlaced"],
        middle?.id,
        "StockAdjusted",
      ]);
      expect(await explainLevel(queries, tea)).toMatchObject({
        level: { totalStock: 13, reservedStock: 3 },
        adjustments: { count: 2, sum: 13 },
        held: { count: 1, sum: 1 },
        unreadable: [{ kind: "journal_entry", id: middle?.id }],
      });
      expect(await unreadableRecords(queries)).toMatchObject([{ kind: "journal_entry", id: middle?.id }]);
    }),
  );

  test(
    "compares every level with what can be read, where its last journal entry cannot",
    withShop(async (shop, ask, editLevel, corrupt) => {
      await ask(create("tea", 10));
      await ask(create("cup", 10));
      await editLevel({ ...tea, sku: "cup" as Sku }, { totalStock: 12 });
      const [first] = await shop.feed();
      await corrupt("journal_entry", String(first?.id), { levelsBefore: "none" });
      const found: string[] = [];
      for await (const recount of everyRecount(shop.database.queries)) {
        if (recount instanceof Unreadable) continue;
        if (recount.journalled instanceof Unreadable) found.push(`${recount.level.sku} ${recount.journalled.id}`);
        found.push(...driftOf(recount).map(({ sku, source }) => `${sku} ${source}`));
      }
      expect(found.sort()).toEqual([`cup adjustments`, `cup journal`, `tea ${first?.id}`]);
    }),
  );

  test(
    "takes an entry whose figures cannot have been for one that cannot be read",
    withShop(async (shop, ask, _editLevel, corrupt) => {
      await ask(create("tea", 10));
      await ask(place("o1", { tea: 1 }));
      const [, entry] = await shop.feed();
      const empty = { sku: "tea", locationId: "main", version: 1, totalStock: 0, committedStock: 0, safetyStock: 0 };
      await corrupt("journal_entry", String(entry?.id), { levelsBefore: [{ ...empty, reservedStock: 0 }] });
      const [placed] = await movementPage(shop.database.queries, tea.sku, { limit: 9 });
      expect(placed?.movement).toMatchObject({ kind: "journal_entry", id: entry?.id });
      expect((await explainLevel(shop.database.queries, tea)).unreadable).toHaveLength(1);
    }),
  );

  test(
    "lists products past one that cannot be read, and past one with such a level, and sells neither",
    withShop(async (shop, ask, _editLevel, corrupt) => {
      const { queries } = shop.database;
      await ask(create("cup", 4), create("pot", 4), create("tea", 4));
      await corrupt("product", "cup", { initialStock: null });
      await corrupt("stock_level", "pot@main", { committedStock: -2 });
      const page = await queries.products({ limit: 9 });
      expect(page.map((found) => ("unreadable" in found ? found.unreadable.id : found.product.sku))).toEqual([
        "cup",
        "pot@main",
        "tea",
      ]);
      expect(await queries.products({ limit: 9, after: "pot" as Sku })).toHaveLength(1);
      await expect(queries.product("cup" as Sku)).rejects.toThrow("product cup cannot be read");
      await expect(queries.product("pot" as Sku)).rejects.toThrow("stock_level pot@main cannot be read");
      // A store may know a product by heart, which never changes.
      expect(await outcomesOf(shop, create("cup", 1), place("o1", { pot: 1 }), place("o2", { tea: 1 }))).toEqual([
        expect.stringMatching(/product/),
        "stock_level pot@main",
        "accepted",
      ]);
      expect((await unreadableRecords(queries)).map(({ id }) => id)).toEqual(["cup", "pot@main"]);
    }),
  );

  test(
    "reports a level that cannot be read, also where its product cannot be read either",
    withShop(async (shop, ask, _editLevel, corrupt) => {
      await ask(create("cup", 4), create("pot", 4));
      await corrupt("product", "cup", { initialStock: null });
      await corrupt("stock_level", "cup@main", { committedStock: -2 });
      const unreadable = await unreadableRecords(shop.database.queries);
      expect(unreadable.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual(["product cup", "stock_level cup@main"]);
    }),
  );

  test(
    "makes nothing twice where what an idempotency key has made cannot be read",
    withShop(async (shop, ask, _editLevel, corrupt) => {
      await ask(create("tea", 10), adjust("a1", "tea", 5, claim("k1")));
      await corrupt("adjustment", `adj_${"a1".padStart(26, "0")}`, { delta: 5.5 });
      expect(await outcomesOf(shop, adjust("a2", "tea", 5, claim("k1")), adjust("a3", "tea", 1, claim("k2")))).toEqual([
        "adjustment adj_a1",
        "accepted",
      ]);
      expect(await shop.stock("tea")).toBe("16/0/0/16");
    }),
  );

  test(
    "places nothing for a holder whose count cannot be read, and gives back what that holder holds",
    withShop(async (shop, ask, _editLevel, corrupt) => {
      const [ada, bob] = [{ customerId: "ada" as CustomerId }, { customerId: "bob" as CustomerId }];
      await ask(create("tea", 10), place("o1", { tea: 2 }, ada), place("o2", { tea: 1 }, bob));
      await corrupt("holding", "customer:ada", { units: 2 ** 60 });
      expect(
        await outcomesOf(shop, place("o3", { tea: 1 }, ada), place("o4", { tea: 1 }, bob), cancel("o1"), cancel("o2")),
      ).toEqual(["holding customer:ada", "accepted", "accepted", "accepted"]);
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["10/1/0/9", []]);
    }),
  );

  test(
    "answers nothing for an order that was never there",
    withShop(async (shop, ask, _editLevel, corrupt) => {
      await ask(create("tea", 10), place("o1", { tea: 1 }));
      await corrupt("order", orderId("o1"), { version: 0 });
      expect(await shop.database.queries.order("ord_none" as OrderId)).toBeUndefined();
      expect(await outcomesOf(shop, cancel("none"), cancel("o1"))).toEqual(["order_not_found", "order ord_o1"]);
    }),
  );
}
