import type { Adjustment } from "./adjustment.ts";
import type { Correction } from "./correction.ts";
import { holderKey, holdersOf, unitsOf } from "./hold-bounds.ts";
import type { Holding } from "./holding.ts";
import type { Order, OrderStatus } from "./order.ts";
import { unsoldOutcomesOf } from "./payment.ts";
import type { Product } from "./product.ts";
import { levelKey, type StockFigures, type StockLevel } from "./stock-level.ts";
import { readAdjustment } from "./stored/read-adjustment.ts";
import { readCorrection } from "./stored/read-correction.ts";
import { readHolding } from "./stored/read-holding.ts";
import { readLevel } from "./stored/read-level.ts";
import { readOrder } from "./stored/read-order.ts";
import { readProduct } from "./stored/read-product.ts";
import type { Read, RecordKind } from "./stored/unreadable.ts";

/** The type of every entity, by the name of its table. */
export interface Entities {
  readonly products: Product;
  readonly levels: StockLevel;
  readonly orders: Order;
  readonly adjustments: Adjustment;
  readonly corrections: Correction;
  readonly holdings: Holding;
}

export type EntityName = keyof Entities;
export type Entity = Entities[EntityName];

/** Entities that an idempotency key can claim. */
export type ClaimedName = {
  [N in EntityName]: "claim" extends keyof Entities[N] ? N : never;
}[EntityName];

/** A value that an entity is found by. Left out: it is not found by this one. */
export type Searched = string | number | undefined;

/** Entities whose counters are sums of what other entities contribute, and those counters. */
export interface Accounts {
  readonly levels: keyof StockFigures;
  readonly holdings: "units";
}

export type Account = keyof Accounts;

/** Fields by which a part is found, or added up. */
export type Part = { readonly [field: string]: Searched };

/** What an entity contributes to an account, as data: stores make their queries of it. */
export type Contribution<E, A extends Account = Account> = {
  [To in A]: {
    readonly to: To;
    /**
     * What contributes: each part of a list of `searchedParts`, each part that a function makes, or, left out, the entity itself. Its
     * fields say whose counter it is, as the key of the account's entity does.
     */
    readonly each?: string | ((entity: E) => readonly Part[]);
    /** The field that says how many units. */
    readonly units: string;
    /** The counter they count under; or that by the entity's status. Those of a status that is not named count nowhere. */
    readonly counter: Accounts[To] | { readonly [S in OrderStatus]?: Accounts[To] };
  };
}[A];

/** What stores know of an entity: with this they read, guard, write and find it. */
export interface EntityDeclaration<E> {
  /** What its records are called in reports. */
  readonly kind: RecordKind;
  readonly keyOf: (entity: E) => string;
  /** The field that says whether it is still as it was read. `undefined`: it never changes once it is made. */
  readonly guard: (keyof E & string) | undefined;
  /** Whether there is no such entity any more; left out where entities stay for ever. */
  readonly isGone?: (entity: E) => boolean;
  /** Checks what a store has found under a key. `claimKey`: the idempotency key that it was found by. */
  readonly read: (key: string, stored: unknown, claimKey?: string) => Read<E>;
  /** What it is found by, besides its key and its claim. */
  readonly searched: { readonly [field: string]: (entity: E) => Searched };
  /** What it is found by several times: an order by each of its lines. */
  readonly searchedParts: { readonly [list: string]: (entity: E) => readonly Part[] };
  /** What it adds to the counters of other entities, and nothing else does. Left out: nothing. */
  readonly contributes?: readonly Contribution<E>[];
}

/** Lets a declaration keep the names of its fields while it is checked against its entity. */
function entity<E>() {
  return <const D extends EntityDeclaration<E>>(declaration: D): D => declaration;
}

/** Every entity, declared once: snapshots, batches and stores are derived from this. */
export const entities = {
  products: entity<Product>()({
    kind: "product",
    keyOf: ({ sku }) => sku,
    guard: "version",
    read: readProduct,
    searched: {},
    searchedParts: {},
  }),
  levels: entity<StockLevel>()({
    kind: "stock_level",
    keyOf: ({ sku, locationId }) => levelKey(sku, locationId),
    guard: "version",
    read: readLevel,
    searched: {
      sku: ({ sku }) => sku,
      locationId: ({ locationId }) => locationId,
      totalStock: ({ totalStock }) => totalStock,
      reservedStock: ({ reservedStock }) => reservedStock,
      committedStock: ({ committedStock }) => committedStock,
      safetyStock: ({ safetyStock }) => safetyStock,
    },
    searchedParts: {},
  }),
  orders: entity<Order>()({
    kind: "order",
    keyOf: ({ id }) => id,
    guard: "version",
    read: readOrder,
    searched: {
      status: ({ status }) => status,
      customerId: ({ customerId }) => customerId,
      placedAt: ({ placedAt }) => placedAt,
      expiresAt: ({ reservation }) => reservation.expiresAt,
    },
    searchedParts: {
      lines: ({ locationId, lines }) => lines.map(({ sku, quantity }) => ({ sku, locationId, quantity })),
      unsoldOutcomes: (order) =>
        order.payments.length === 0 ? [] : unsoldOutcomesOf(order).map((outcome) => ({ outcome })),
    },
    contributes: [
      {
        to: "levels",
        each: "lines",
        units: "quantity",
        counter: { PENDING_PAYMENT: "reservedStock", CONFIRMED: "committedStock" },
      },
      {
        to: "holdings",
        each: (order) => holdersOf(order).map((holder) => ({ holder: holderKey(holder), units: unitsOf(order) })),
        units: "units",
        counter: { PENDING_PAYMENT: "units" },
      },
    ],
  }),
  adjustments: entity<Adjustment>()({
    kind: "adjustment",
    keyOf: ({ id }) => id,
    guard: undefined,
    read: readAdjustment,
    searched: {
      sku: ({ sku }) => sku,
      locationId: ({ locationId }) => locationId,
      delta: ({ delta }) => delta,
    },
    searchedParts: {},
    contributes: [{ to: "levels", units: "delta", counter: "totalStock" }],
  }),
  corrections: entity<Correction>()({
    kind: "correction",
    keyOf: ({ id }) => id,
    guard: undefined,
    read: readCorrection,
    searched: {},
    searchedParts: {},
  }),
  holdings: entity<Holding>()({
    kind: "holding",
    keyOf: ({ holder }) => holder,
    guard: "units",
    isGone: ({ units }) => units === 0,
    read: readHolding,
    searched: {},
    searchedParts: {},
  }),
} as const satisfies { readonly [N in EntityName]: EntityDeclaration<Entities[N]> };

/** The same as `entities`, for loops: any entity's declaration, taking any entity. */
export function declarationOf<N extends EntityName>(name: N): EntityDeclaration<Entities[N]> {
  return entities[name] as unknown as EntityDeclaration<Entities[N]>;
}

export const entityNames = Object.keys(entities) as readonly EntityName[];

const claimed = {
  products: true,
  orders: true,
  adjustments: true,
  corrections: true,
} as const satisfies { readonly [N in ClaimedName]: true };

export const claimedNames = Object.keys(claimed) as readonly ClaimedName[];

/** What is made for each entity, by its name. */
export function eachEntity<Made extends { readonly [N in EntityName]: unknown }>(
  make: (name: EntityName) => Made[EntityName],
): Made {
  return Object.fromEntries(entityNames.map((name) => [name, make(name)])) as unknown as Made;
}

/** The same for each entity that can be claimed. */
export function eachClaimed<Made extends { readonly [N in ClaimedName]: unknown }>(
  make: (name: ClaimedName) => Made[ClaimedName],
): Made {
  return Object.fromEntries(claimedNames.map((name) => [name, make(name)])) as unknown as Made;
}

/** The idempotency key that has made an entity; `undefined` where it came without one. */
export function claimKeyOf(entity: Entity): string | undefined {
  return "claim" in entity ? entity.claim?.key : undefined;
}
