import type { Actor, CustomerId, LatePaymentPolicy, LocationId, ReservationBounds, Sku } from "@holdfast/domain";
import type { Random } from "../random.ts";

/** What a seed's people are like. Seeds differ widely: a rush on one product finds other bugs than a quiet day. */
export interface Crowd {
  readonly people: number;
  /** The longest that one waits between two things. Milliseconds. */
  readonly pauseMsMax: number;
  /** What they buy; `fan` is priced in another currency than the others. */
  readonly skus: readonly Sku[];
  /** What the shop has yet to create. */
  readonly laterSkus: readonly Sku[];
  readonly locations: readonly LocationId[];
  /** The most that a product begins with. */
  readonly stockMax: number;
  /** What the shop does with late payments: two where its processes are being given another setting. */
  readonly latePayment: readonly LatePaymentPolicy[];
  /** The API keys that they ask under. */
  readonly keys: readonly Actor[];
  /** Who buys; `undefined`: a guest. */
  readonly customers: readonly (CustomerId | undefined)[];
  /** How many orders of all are left to run out. */
  readonly forgets: number;
  /** How long it takes at most until somebody looks at a level that was edited. Milliseconds. */
  readonly auditMsMax: number;
  /** What each of them, and each key, may hold at a time: two where processes are being given another setting. */
  readonly bounds: readonly ReservationBounds[];
}

/** Priced so high that a large order of it costs more than an order may. */
export const gem = "gem" as Sku;

/** A product: seldom one that the shop may have yet to create. */
export function randomSku(random: Random, { skus, laterSkus }: Crowd): Sku {
  return random.pick(laterSkus.length > 0 && random.chance(0.1) ? laterSkus : skus);
}

export function randomCrowd(random: Random): Crowd {
  const skus = random.pick([
    ["tea"],
    ["tea", "cup"],
    ["tea", "cup"],
    ["tea", gem],
    ["tea", "cup", "pot"],
    ["tea", "cup", "pot", "fan"],
  ]);
  const locations = random.pick([["main"], ["main", "main", "berlin"]]);
  return {
    people: random.between(2, 10),
    pauseMsMax: random.pick([5, 50, 1_000]),
    skus: skus as Sku[],
    laterSkus: random.pick([[], [], ["hat"]]) as Sku[],
    locations: locations as LocationId[],
    stockMax: random.pick([4, 20, 100]),
    latePayment: random.pick<readonly LatePaymentPolicy[]>([["refund"], ["review"], ["review"], ["refund", "review"]]),
    keys: random.pick([["shop"], ["shop", "kiosk"]]) as Actor[],
    customers: random.pick([["ann"], ["ann", "bob", undefined]]) as (CustomerId | undefined)[],
    forgets: random.pick([0.1, 0.1, 0.7]),
    auditMsMax: random.pick([500, 10_000, 30_000]),
    bounds: random.pick<readonly ReservationBounds[]>([
      [{}],
      [{ unitsPerCustomerMax: 8 }],
      [{ unitsPerKeyMax: 12 }],
      [{ unitsPerCustomerMax: 12, unitsPerKeyMax: 20 }],
      [{ unitsPerCustomerMax: 6 }, { unitsPerCustomerMax: 10 }],
    ]),
  };
}
