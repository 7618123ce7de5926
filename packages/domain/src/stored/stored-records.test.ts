import { describe, expect, test } from "vitest";
import { entities } from "../entities.ts";
import type { JournalEntry } from "../journal.ts";
import type { Order } from "../order.ts";
import { adjust, confirm, create, orderId, place } from "../testing/commands.ts";
import { RulesShop } from "../testing/rules-shop.ts";
import { journalVersion } from "./journal-versions.ts";
import { journalReader, readJournalEntry } from "./read-journal-entry.ts";
import { type Read, Unreadable } from "./unreadable.ts";

const shop = new RulesShop();
shop.ask(create("tea", 10), place("o1", { tea: 2 }), confirm("o1", "pi_1"), adjust("a1", "tea", 5));
const order = shop.snapshot.orders.get(orderId("o1")) as Order;
const [payment] = shop.snapshot.payments.values();
const [level] = shop.snapshot.levels.values();
const [product] = shop.snapshot.products.values();
const [adjustment] = shop.snapshot.adjustments.values();
const [entry] = shop.journal;
/** What a driver hands out for a Decimal128 or a Long that is too large. */
const decimal = { $numberDecimal: "10" };

type Case = readonly [what: string, fields: object, reason: string];

/** What becomes of a record with some fields written over. */
function reasonOf(read: (stored: unknown) => Read<object>, record: object | undefined, fields: object): string {
  const found = read({ ...record, ...fields });
  return found instanceof Unreadable ? found.reason : "readable";
}

describe("a stock level", () => {
  const counter = "must be a whole number, 0 or more";
  test.each<Case>([
    ["as it was written", {}, "readable"],
    ["with a field of a later version", { shelf: "B" }, "readable"],
    ["with a text for a number", { totalStock: "10" }, `totalStock ${counter}`],
    ["with a decimal", { totalStock: decimal }, `totalStock ${counter}`],
    ["with a fraction", { reservedStock: 0.5 }, `reservedStock ${counter}`],
    ["with NaN", { committedStock: Number.NaN }, `committedStock ${counter}`],
    ["with a bigint", { totalStock: 10n }, `totalStock ${counter}`],
    ["with a number past what is exact", { totalStock: 2 ** 53 }, `totalStock ${counter}`],
    ["below zero", { reservedStock: -1 }, `reservedStock ${counter}`],
    ["with null", { safetyStock: null }, `safetyStock ${counter}`],
    ["without a version", { version: undefined }, `version ${counter}`],
    ["of another SKU", { sku: "cup" }, "sku and locationId must be those of its key"],
    ["without a SKU", { sku: 7 }, "sku must be a text"],
  ])("%s", (_what, fields, reason) => {
    expect(reasonOf((stored) => entities.levels.read("tea@main", stored), level, fields)).toBe(reason);
  });
});

describe("an order", () => {
  const reservation = order.reservation;
  test.each<Case>([
    ["as it was written", {}, "readable"],
    ["of another id", { id: "ord_other" }, "id must be that of its key"],
    ["with a version in words", { version: "1" }, "version must be a whole number, 1 or more"],
    ["with a status that there is none", { status: "SHIPPED" }, "status must be one of those there are"],
    [
      "with a status that its reservation does not know of",
      { status: "PENDING_PAYMENT" },
      "status and reservation.status must agree",
    ],
    ["without lines", { lines: [] }, "lines must be a list of at least one"],
    ["with lines that are none", { lines: "tea" }, "lines must be a list of at least one"],
    [
      "with a quantity in words",
      { lines: [{ ...order.lines[0], quantity: "2" }] },
      "lines: quantity must be a whole number, 1 or more",
    ],
    [
      "with a price that is a float",
      { lines: [{ ...order.lines[0], unitPrice: { amount: 4.5, currency: "EUR" } }] },
      "lines: unitPrice must be an amount and a currency",
    ],
    ["without a reservation", { reservation: null }, "reservation must be a reservation"],
    [
      "with a reservation until no date",
      { reservation: { ...reservation, expiresAt: 9e15 } },
      "reservation.expiresAt must be an instant",
    ],
    [
      "with a reservation until never",
      { reservation: { ...reservation, expiresAt: null } },
      "reservation.expiresAt must be an instant",
    ],
    ["held for ever", { holdSeconds: 2 ** 50 }, "the end of its first reservation must be an instant"],
    ["with a customer that is none", { customerId: null }, "customerId must be a text"],
    ["without counts of its payments", { paymentCounts: undefined }, "paymentCounts must be counts"],
    [
      "with payments that came to nothing known",
      { paymentCounts: { LOST: 1 } },
      "paymentCounts: outcomes must be among those there are",
    ],
    [
      "with half a payment",
      { paymentCounts: { ON_TIME: 0.5 } },
      "paymentCounts: counts must be whole numbers, 1 or more",
    ],
    [
      "with more payments than it can have",
      { paymentCounts: { ON_TIME: 1, REFUND_DUE: 100 } },
      "paymentCounts must be no more than an order can have",
    ],
    ["with a claim that is none", { claim: "k1" }, "claim must be a key and a fingerprint"],
  ])("%s", (_what, fields, reason) => {
    expect(reasonOf((stored) => entities.orders.read(order.id, stored), order, fields)).toBe(reason);
  });

  test.each([undefined, null, 7, "order", []])("that is %j and no order", (stored) => {
    expect(entities.orders.read(order.id, stored)).toBeInstanceOf(Unreadable);
  });

  test("is found by its claim, however broken the rest of it is", () => {
    expect(entities.orders.read(order.id, { claim: { key: "k1" } })).toMatchObject({ claimKey: "k1" });
    expect(entities.orders.read(order.id, undefined, "k1")).toMatchObject({ claimKey: "k1" });
  });
});

describe("a payment", () => {
  const key = `${orderId("o1")}@1`;

  test.each<Case>([
    ["as it was written", {}, "readable"],
    ["of another order", { orderId: orderId("o2") }, "orderId and number must be those of its key"],
    ["of another number", { number: 2 }, "orderId and number must be those of its key"],
    ["at no time", { at: null }, "at must be an instant"],
    ["with a reference that is none", { reference: 7 }, "reference must be a text"],
    ["that came to nothing known", { outcome: "LOST" }, "outcome must be one of those there are"],
    ["with a review that is none", { review: "SELL" }, "review: must be a review"],
    ["with a refund that is none", { refund: "re_1" }, "refund: must be a refund"],
  ])("%s", (_what, fields, reason) => {
    expect(reasonOf((stored) => entities.payments.read(key, stored), payment, fields)).toBe(reason);
  });

  test("that is none", () =>
    expect(entities.payments.read(key, undefined)).toMatchObject({ reason: "must be a payment" }));
});

describe("a product, an adjustment and a holding", () => {
  test.each<Case>([
    ["as it was written", {}, "readable"],
    ["with a price in words", { price: { amount: "450", currency: "EUR" } }, "price must be an amount and a currency"],
    ["without a price", { price: null }, "price must be an amount and a currency"],
    ["with a name that is none", { name: 7 }, "name must be a text"],
    ["made at no time", { createdAt: "yesterday" }, "createdAt must be an instant"],
  ])("product %s", (_what, fields, reason) => {
    expect(reasonOf((stored) => entities.products.read("tea", stored), product, fields)).toBe(reason);
  });

  test.each<Case>([
    ["as it was written", {}, "readable"],
    ["of half a unit", { delta: 0.5 }, "delta must be a whole number"],
    ["for a reason that there is none", { reason: "whim" }, "reason must be one of those there are"],
    ["without the level after it", { after: undefined }, "after: must be a stock level"],
  ])("adjustment %s", (_what, fields, reason) => {
    expect(reasonOf((stored) => entities.adjustments.read(String(adjustment?.id), stored), adjustment, fields)).toBe(
      reason,
    );
  });

  test.each<Case>([
    ["as it was written", {}, "readable"],
    ["in words", { units: "2" }, "units must be a whole number, 0 or more"],
    ["of another holder", { holder: "key:shop" }, "holder must be that of its key"],
  ])("holding %s", (_what, fields, reason) => {
    expect(
      reasonOf(
        (stored) => entities.holdings.read("customer:ada", stored),
        { holder: "customer:ada", units: 2 },
        fields,
      ),
    ).toBe(reason);
  });
});

describe("a journal entry", () => {
  const event = (type: string, more: object = {}) => ({
    records: [
      { type, actor: "tester", orderId: order.id, locationId: "main", lines: [{ sku: "tea", quantity: 1 }], ...more },
    ],
  });
  test.each<Case>([
    ["as it was written", {}, "readable"],
    ["with an event of a later version", event("TeaDrunk"), "records: type must be one of those there are"],
    ["with an event that every object has", event("constructor"), "records: type must be one of those there are"],
    ["without events", { records: [] }, "records must be a list of at least one"],
    ["with an event of no one", event("OrderExpired", { actor: 7 }), "records: actor must be a text"],
    ["with an end at no time", event("OrderExpired"), "records: at must be an instant"],
    [
      "with lines in words",
      event("OrderPlaced", { lines: [{ sku: "tea", quantity: "1" }] }),
      "records: lines: quantity must be a whole number, 1 or more",
    ],
    ["at no time", { at: "now" }, "at must be an instant"],
    ["later than any id can carry", { at: 2 ** 48 }, "at must be an instant"],
    ["before any clock", { at: -1 }, "at must be an instant"],
    ["with a level that is none", { levelsBefore: [{ sku: "tea" }] }, "levelsBefore: locationId must be a text"],
  ])("%s", (_what, fields, reason) => {
    expect(reasonOf((stored) => readJournalEntry(String(entry?.id), stored), entry, fields)).toBe(reason);
  });

  describe("of a version", () => {
    // Made-up versions: in the second an entry's events were called events, and its levels had no safety stock.
    const read = journalReader([
      ({ happened, ...rest }) => ({ ...rest, events: happened }),
      ({ events, levelsBefore, ...rest }) => ({
        ...rest,
        records: events,
        levelsBefore: (levelsBefore as readonly object[]).map((each) => ({ ...each, safetyStock: 0 })),
      }),
    ]);
    const levels = entry?.levelsBefore.map(({ safetyStock: _, ...rest }) => rest);
    const { id = "", at, records } = entry ?? {};
    test.each<[what: string, stored: object]>([
      ["that says none, which is the first", { id, at, happened: records, levelsBefore: levels }],
      ["1", { version: 1, id, at, happened: records, levelsBefore: levels }],
      ["2", { version: 2, id, at, events: records, levelsBefore: levels }],
      ["3, which is today's", { version: 3, ...entry }],
    ])("%s is read as today's", (_what, stored) => {
      expect(read(id, stored)).toEqual(entry);
    });

    const later = "was written by a later version, in a form that this one does not know";
    test.each<[what: string, stored: object, reason: string]>([
      ["4, which is later", { version: 4, ...entry }, later],
      ["in words", { version: "1", ...entry }, "version must be a whole number, 1 or more"],
      ["0", { version: 0, ...entry }, "version must be a whole number, 1 or more"],
      [
        "2, without its levels",
        { version: 2, id, at, events: records },
        "cannot be brought from its version to today's",
      ],
      [
        "2, with an event that there is none of",
        { version: 2, id, at, events: [7], levelsBefore: [] },
        "records: must be events",
      ],
    ])("%s is unreadable", (_what, stored, reason) => {
      expect(read(id, stored)).toMatchObject({ kind: "journal_entry", id, reason });
    });

    test("that is later is unreadable to the program of today", () => {
      const version = journalVersion + 1;
      expect(readJournalEntry(id, { ...entry, version })).toMatchObject({ reason: later });
    });
  });

  test("of everything that can happen is readable", () => {
    expect(shop.journal.map((each: JournalEntry) => readJournalEntry(each.id, each))).toEqual(shop.journal);
  });
});
