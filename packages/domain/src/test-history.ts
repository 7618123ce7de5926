import fc from "fast-check";
import type { Command } from "./commands.ts";
import { type CustomerId, type LocationId, mainLocation } from "./ids.ts";
import { latePaymentPolicies, reviewDecisions } from "./late-payment.ts";
import type { ReservationBounds } from "./reservation-bounds.ts";
import {
  adjust,
  buy,
  callOff,
  cancel,
  cancelSold,
  claim,
  closeShort,
  confirm,
  create,
  erase,
  expire,
  extend,
  fulfil,
  giveBack,
  place,
  receive,
  refund,
  repay,
  review,
  send,
  ship,
} from "./testing/commands.ts";
import { instant } from "./testing/rules-shop.ts";

const sku = fc.constantFrom("tea", "cup", "pot");
const stockName = fc.constantFrom("tea", "tea@berlin", "cup");
const locationId = fc.constantFrom(mainLocation, "berlin" as LocationId);
const order = fc.integer({ min: 1, max: 12 }).map((n) => `o${n}`);
const transfer = fc.integer({ min: 1, max: 12 }).map((n) => `t${n}`);
const units = fc.dictionary(sku, fc.integer({ min: 1, max: 3 }), { minKeys: 1 });
const payment = fc.constantFrom(undefined, "p1", "p1", "p2");
const maybeClaim = fc.option(fc.tuple(fc.constantFrom("k1", "k2"), fc.constantFrom("body", "other")), { freq: 2 });
const cart = fc.array(fc.tuple(sku, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 3 });
const price = fc.constantFrom("EUR", "EUR", "JPY").map((currency) => ({ amount: 450, currency }));

/** A shopper, or a guest, in a shop that bounds what each may hold, or does not. */
const shopper = fc.record(
  {
    customerId: fc.constantFrom("ann" as CustomerId, "bob" as CustomerId),
    bounds: fc.constantFrom<ReservationBounds>(
      {},
      { unitsPerCustomerMax: 3 },
      { unitsPerCustomerMax: 5, unitsPerKeyMax: 7 },
    ),
  },
  { requiredKeys: [] },
);

/** A random command, once it gets an id. Ids are given when the sequence is complete, so that none is used twice. */
const request: fc.Arbitrary<(id: number) => Command> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.tuple(sku, fc.nat(9), price, maybeClaim).map(
      ([name, stock, cost, key]) =>
        () =>
          create(name, stock, { price: cost, ...(key ? claim(...key) : {}) }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(stockName, fc.integer({ min: -4, max: 6 }), maybeClaim).map(
      ([name, delta, key]) =>
        (id: number) =>
          adjust(`a${id}`, name, delta || 1, key ? claim(...key) : {}),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(cart, locationId, fc.integer({ min: 1, max: 9 }), maybeClaim, shopper).map(
      ([lines, at, holdSeconds, key, who]) =>
        (id: number) =>
          place(`o${id}`, lines, { locationId: at, holdSeconds, ...who, ...(key ? claim(...key) : {}) }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(order, payment, fc.constantFrom(...latePaymentPolicies)).map(
      ([name, reference, policy]) =>
        () =>
          confirm(name, reference, policy),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(order, payment, fc.constantFrom(undefined, "r1", "r2")).map(
      ([name, reference, refundReference]) =>
        () =>
          refund(name, reference, refundReference),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(order, fc.constantFrom(...reviewDecisions)).map(
      ([name, decision]) =>
        () =>
          review(name, decision),
    ),
  },
  { weight: 2, arbitrary: order.map((name) => () => cancel(name)) },
  { weight: 3, arbitrary: order.map((name) => () => expire(name)) },
  {
    weight: 1,
    arbitrary: fc.tuple(order, fc.constantFrom("ann", "bob")).map(
      ([name, customer]) =>
        () =>
          erase(name, customer, `was-${customer}`),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(order, fc.integer({ min: 0, max: 40 })).map(
      ([name, seconds]) =>
        () =>
          extend(name, instant(seconds)),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(order, fc.option(fc.dictionary(stockName, fc.integer({ min: 1, max: 2 }), { minKeys: 1 })), maybeClaim)
      .map(
        ([name, cart, key]) =>
          (id: number) =>
            fulfil(`f${id}`, name, cart ?? undefined, key ? claim(...key) : {}),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(order, fc.option(fc.dictionary(sku, fc.integer({ min: 1, max: 2 }), { minKeys: 1 })), maybeClaim)
      .map(
        ([name, cart, key]) =>
          (id: number) =>
            cancelSold(`r${id}`, name, cart ?? undefined, key ? claim(...key) : {}),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        order,
        fc.option(fc.dictionary(sku, fc.integer({ min: 1, max: 2 }), { minKeys: 1 })),
        fc.constantFrom("RESTOCK" as const, "DISCARD" as const),
        fc.boolean(),
      )
      .map(
        ([name, cart, disposition, refundDue]) =>
          (id: number) =>
            giveBack(`r${id}`, name, cart ?? undefined, { disposition, refund: refundDue }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(order, fc.constantFrom(undefined, 450, 900), maybeClaim).map(
      ([name, amount, key]) =>
        (id: number) =>
          repay(`m${id}`, name, amount, key ? claim(...key) : {}),
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom("main", "berlin", undefined), fc.constantFrom("main", "berlin"), units, maybeClaim)
      .map(([from, to, cart, key]) => (id: number) => {
        const more = key ? claim(...key) : {};
        return from === undefined ? buy(`t${id}`, to, cart, more) : send(`t${id}`, from, to, cart, more);
      }),
  },
  { weight: 3, arbitrary: transfer.map((name) => () => ship(name)) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(transfer, fc.option(units), fc.constantFrom("SELLABLE" as const, "UNSELLABLE" as const), maybeClaim)
      .map(
        ([name, cart, condition, key]) =>
          (id: number) =>
            receive(`e${id}`, name, cart ?? undefined, { condition, ...(key ? claim(...key) : {}) }),
      ),
  },
  { weight: 1, arbitrary: transfer.map((name) => () => closeShort(name)) },
  { weight: 2, arbitrary: transfer.map((name) => () => callOff(name)) },
);

/** Batches, each some seconds after the one before. */
export const history = fc.array(
  fc.record({ wait: fc.constantFrom(0, 1, 5), requests: fc.array(request, { minLength: 1, maxLength: 8 }) }),
  { minLength: 1, maxLength: 8 },
);

/** Numbers orders and adjustments through a history, and makes sure that something can be sold. */
export function commandsOf(
  batches: { wait: number; requests: ((id: number) => Command)[] }[],
  idOf = (nth: number) => nth,
) {
  let last = 0;
  const nextId = () => {
    last += 1;
    return last;
  };
  const opening = { wait: 0, commands: [create("tea", 5), create("cup", 4)] };
  return [
    opening,
    ...batches.map(({ wait, requests }) => ({ wait, commands: requests.map((make) => make(idOf(nextId()))) })),
  ];
}
