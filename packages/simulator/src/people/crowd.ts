import type {
  Actor,
  AllocationPolicy,
  CustomerId,
  LatePaymentPolicy,
  LocationId,
  ReservationBounds,
  Sku,
} from "@holdfast/domain";
import type { Random } from "../random.ts";

/** What a seed's people are like. Seeds differ widely: a rush on one product finds other bugs than a quiet day. */
export interface Crowd {
  readonly people: number;
  /** The longest wait between two things that a person does. Milliseconds. */
  readonly pauseMsMax: number;
  /** What they buy; `fan` is priced in another currency than the others. */
  readonly skus: readonly Sku[];
  /** What the shop has yet to create: of two spellings one. */
  readonly laterSkus: readonly Sku[];
  readonly locations: readonly LocationId[];
  /** The largest first stock of a product. */
  readonly stockMax: number;
  /** The shop's policies for late payments: two while its processes are being reconfigured. */
  readonly latePayment: readonly LatePaymentPolicy[];
  /** Whether goods leave once they are paid for: two answers while its processes are being reconfigured. */
  readonly fulfilAtOnce: readonly boolean[];
  /** The API keys that they ask under. */
  readonly keys: readonly Actor[];
  /** Who buys; `undefined`: a guest. */
  readonly customers: readonly (CustomerId | undefined)[];
  /** How carts that name no place are allocated: two policies while the shop's processes are being reconfigured. */
  readonly allocateBy: readonly AllocationPolicy[];
  /** The share of orders that are left to run out. */
  readonly forgets: number;
  /** How long an edited level is left alone at most. Milliseconds. */
  readonly auditMsMax: number;
  /** The bounds for each of them and each key: two while the processes are being reconfigured. */
  readonly bounds: readonly ReservationBounds[];
  /** Whether its products have policies, and people change them. */
  readonly hasPolicies: boolean;
}

/** Priced so high that a large order costs more than an order may. */
export const gem = "gem" as Sku;

/** A random product, seldom one that the shop may have yet to create. */
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
  const locations = random.pick([["main"], ["main", "main", "berlin"], ["main", "berlin", "rome"]]);
  return {
    people: random.between(2, 10),
    pauseMsMax: random.pick([5, 50, 1_000]),
    skus: skus as Sku[],
    laterSkus: random.pick([[], [], ["hat", "HAT"]]) as Sku[],
    locations: locations as LocationId[],
    stockMax: random.pick([4, 20, 100]),
    latePayment: random.pick<readonly LatePaymentPolicy[]>([["refund"], ["review"], ["review"], ["refund", "review"]]),
    fulfilAtOnce: random.pick([[false], [false], [false, true], [true]]),
    keys: random.pick([["shop"], ["shop", "kiosk"]]) as Actor[],
    customers: random.pick([["ann"], ["ann", "bob", undefined]]) as (CustomerId | undefined)[],
    allocateBy: random.pick<readonly AllocationPolicy[]>([
      ["priority"],
      ["fewest-splits"],
      ["priority", "fewest-splits"],
    ]),
    forgets: random.pick([0.1, 0.1, 0.7]),
    auditMsMax: random.pick([500, 10_000, 30_000]),
    bounds: random.pick<readonly ReservationBounds[]>([
      [{}],
      [{ unitsPerCustomerMax: 8 }],
      [{ unitsPerKeyMax: 12 }],
      [{ unitsPerCustomerMax: 12, unitsPerKeyMax: 20 }],
      [{ unitsPerCustomerMax: 6 }, { unitsPerCustomerMax: 10 }],
    ]),
    hasPolicies: random.chance(0.5),
  };
}
