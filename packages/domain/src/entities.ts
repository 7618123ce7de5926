import { type Adjustment, adjustments } from "./adjustment.ts";
import { type Correction, corrections } from "./correction.ts";
import { type EntityDeclaration, entity } from "./entity-declaration.ts";
import type { StoredLevel } from "./fold.ts";
import { type Fulfilment, fulfilments } from "./fulfilment.ts";
import { type Holding, holdings } from "./holding.ts";
import { levelChanged } from "./level-settings.ts";
import { type LineChange, lineChanges } from "./line-change.ts";
import { type Location, locations } from "./location.ts";
import type { Order } from "./order.ts";
import { metadataEntries } from "./order-details.ts";
import { placeOf } from "./order-places.ts";
import { type Payment, payments, unsoldOutcomesOf } from "./payment.ts";
import { type Product, products } from "./product.ts";
import { type Purchases, purchases } from "./purchases.ts";
import { type Receipt, receipts } from "./receipt.ts";
import { type Repayment, repayments } from "./repayment.ts";
import { holderKey, holdersOf, unitsOf } from "./reservation-bounds.ts";
import { type Reversal, reversals } from "./reversal.ts";
import { stockAlertEvents } from "./stock-alert-events.ts";
import { storedLevelFault, withSoundFold } from "./stored/read-level.ts";
import { orderFault } from "./stored/read-order.ts";
import { type TakenSku, takenSkus } from "./taken-sku.ts";
import { type Transfer, transfers } from "./transfer.ts";

/** The type of every entity, by the name of its table. */
export interface Entities {
  readonly products: Product;
  readonly locations: Location;
  readonly levels: StoredLevel;
  readonly orders: Order;
  readonly payments: Payment;
  readonly adjustments: Adjustment;
  readonly corrections: Correction;
  readonly holdings: Holding;
  readonly fulfilments: Fulfilment;
  readonly takenSkus: TakenSku;
  readonly reversals: Reversal;
  readonly repayments: Repayment;
  readonly transfers: Transfer;
  readonly receipts: Receipt;
  readonly purchases: Purchases;
  readonly lineChanges: LineChange;
}

export type EntityName = keyof Entities;
export type Entity = Entities[EntityName];

/** Entities that an idempotency key can claim. */
export type ClaimedName = {
  [N in EntityName]: "claim" extends keyof Entities[N] ? N : never;
}[EntityName];

/** Every entity, declared once: snapshots, batches and stores are derived from this. */
export const entities = {
  products,
  locations,
  levels: entity<StoredLevel>()({
    kind: "stock_level",
    key: ["sku", "locationId"],
    guards: ["version", "folds"],
    fault: storedLevelFault,
    upcast: withSoundFold,
    searched: {
      sku: ({ sku }) => sku,
      locationId: ({ locationId }) => locationId,
      totalStock: ({ totalStock }) => totalStock,
      reservedStock: ({ reservedStock }) => reservedStock,
      committedStock: ({ committedStock }) => committedStock,
      safetyStock: ({ safetyStock }) => safetyStock,
      unsellableStock: ({ unsellableStock }) => unsellableStock,
      incomingStock: ({ incomingStock }) => incomingStock,
      lowStockThreshold: ({ lowStockThreshold }) => lowStockThreshold,
      stockAlert: ({ stockAlert }) => stockAlert,
    },
    searchedParts: {},
    events: { LevelChanged: levelChanged, ...stockAlertEvents },
  }),
  orders: entity<Order>()({
    kind: "order",
    key: ["id"],
    guards: ["version"],
    fault: orderFault,
    searched: {
      status: ({ status }) => status,
      customerId: ({ customerId }) => customerId,
      placedAt: ({ placedAt }) => placedAt,
      expiresAt: ({ reservation }) => reservation.expiresAt,
      reference: ({ reference }) => reference,
    },
    searchedParts: {
      lines: (order) =>
        order.lines.map((line) => ({ sku: line.sku, locationId: placeOf(line, order), quantity: line.quantity })),
      unsoldOutcomes: (order) => unsoldOutcomesOf(order).map((outcome) => ({ outcome })),
      metadata: metadataEntries,
    },
    contributes: {
      levels: {
        each: "lines",
        units: "quantity",
        byStatus: { PENDING_PAYMENT: { reservedStock: 1 }, CONFIRMED: { committedStock: 1 } },
        open: ["PENDING_PAYMENT"],
      },
      holdings: {
        each: (order) => holdersOf(order).map((holder) => ({ holder: holderKey(holder), units: unitsOf(order) })),
        units: "units",
        byStatus: { PENDING_PAYMENT: { units: 1 } },
      },
    },
  }),
  payments,
  adjustments,
  corrections,
  holdings,
  fulfilments,
  takenSkus,
  reversals,
  repayments,
  transfers,
  receipts,
  purchases,
  lineChanges,
} as const;

/** The same as `entities`, for loops: any entity's declaration, taking any entity. */
export function declarationOf<N extends EntityName>(name: N): EntityDeclaration<Entities[N]> {
  return entities[name] as unknown as EntityDeclaration<Entities[N]>;
}

export const entityNames = Object.keys(
  entities satisfies { readonly [N in EntityName]: EntityDeclaration<Entities[N]> },
) as readonly EntityName[];

/** The kinds of record that a store keeps. `tally`: not a record, but what a stock level's sources add up to. */
export type RecordKind = (typeof entities)[EntityName]["kind"] | (typeof otherKinds)[number];

const otherKinds = ["journal_entry", "api_key", "feed_segment", "tally"] as const;

export const recordKinds: readonly RecordKind[] = [...entityNames.map((name) => entities[name].kind), ...otherKinds];

const claimed = {
  products: true,
  locations: true,
  orders: true,
  adjustments: true,
  corrections: true,
  fulfilments: true,
  reversals: true,
  repayments: true,
  transfers: true,
  receipts: true,
  lineChanges: true,
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
