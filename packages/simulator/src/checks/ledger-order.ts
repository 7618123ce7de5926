// A part of the oracle, which ledger.ts keeps: derive nothing here from the domain.
import type {
  AllocationPolicy,
  FulfilmentStatus,
  Instant,
  LatePaymentPolicy,
  LocationId,
  OrderLine,
  OrderStatus,
  PaymentOutcome,
  ReservationStatus,
  ReversalKind,
  ReviewDecision,
  Sku,
  StockLine,
} from "@holdfast/domain";

/** An order as the ledger knows it. */
export interface LedgerOrder {
  readonly status: OrderStatus;
  readonly version: number;
  readonly placedAt: Instant;
  readonly expiresAt: Instant;
  /** The ends that its first reservation was given, each with the point at which it was, oldest first. */
  readonly expiries: readonly { readonly at: number; readonly expiresAt: Instant }[];
  /** The most seconds that its products let it be held, where they say so. */
  readonly heldAtMost: number | undefined;
  readonly customerId: string | undefined;
  /** Each pseudonym that took the place of a customer, the point at which it did, and whose. */
  readonly erased: readonly { readonly at: number; readonly from: string | undefined; readonly to: string }[];
  /** By which policy its units were taken, where it was not its cart that said from where. */
  readonly allocatedBy: AllocationPolicy | undefined;
  /** A line for each SKU and place. */
  readonly lines: readonly LedgerLine[];
  /** The lines that it has had, oldest first. */
  readonly carts: readonly LedgerCart[];
  readonly total: number;
  /** The point at which it was placed. */
  readonly placed: number;
  /** The status of its latest reservation. */
  readonly reservation: ReservationStatus;
  /** The point at which its first reservation ended. */
  readonly reservationEnded?: number;
  /** Every payment that was recorded, in order. */
  readonly payments: readonly LedgerPayment[];
  /** The point at which it was cancelled. */
  readonly cancelledAt?: number;
  /** The point at which it was sold. */
  readonly soldFrom?: number;
  /** What has left of it, oldest first. */
  readonly shipments: readonly Shipment[];
  /** What was cancelled after the sale, and what came back, oldest first. */
  readonly givenUp: readonly LedgerReversal[];
  /** The money that was due back and had gone back for it, as each change left it. */
  readonly money: readonly LedgerMoney[];
  /** Which policy a late payment met. */
  readonly late?: LatePaymentPolicy;
  /** The points at which a review of its payment began and ended, and how it ended. */
  readonly reviewFrom?: number;
  readonly reviewed?: { readonly at: number; readonly decision: ReviewDecision };
}

/** Lines that an order had from a point on, and the version that it got with them. */
export interface LedgerCart {
  readonly at: number;
  readonly version: number;
  readonly lines: readonly LedgerLine[];
  readonly allocatedBy: AllocationPolicy | undefined;
}

/** Every cart that an order had at some point between two. */
export function cartsBetween({ carts }: LedgerOrder, from: number, to: number): LedgerCart[] {
  return carts.filter(({ at }, index) => at <= to && (carts[index + 1]?.at ?? Number.POSITIVE_INFINITY) > from);
}

/** Whose order it was when it was placed. */
export function placedFor({ erased: [first], customerId }: LedgerOrder): string | undefined {
  return first === undefined ? customerId : first.from;
}

/** Whose order it was at some point between two, both included: its customer's, and a pseudonym's where that one was erased. */
export function customersBetween(
  { erased, customerId }: LedgerOrder,
  from: number,
  to: number,
): readonly (string | undefined)[] {
  const had = [
    ...erased.map(({ from: customer, at }) => ({ customer, until: at })),
    { customer: customerId, until: Infinity },
  ];
  return had
    .filter(({ until }, index) => until > from && (erased[index - 1]?.at ?? 0) <= to)
    .map(({ customer }) => customer);
}

/** Units of one SKU that an order has from one place. */
export interface LedgerLine extends OrderLine {
  readonly locationId: LocationId;
}

/** Units of an order that left, and the point at which they did. */
export interface Shipment extends StockLine {
  readonly locationId: LocationId;
  readonly at: number;
}

/** Units that an order gave up, and the point at which it did. */
export interface LedgerReversal extends StockLine {
  readonly locationId: LocationId;
  readonly kind: ReversalKind;
  readonly at: number;
}

/** Minor units that were due back and had gone back, from a point on. */
export interface LedgerMoney {
  readonly at: number;
  readonly due: number;
  readonly refunded: number;
}

/** A payment as the ledger knows it: its points are those at which it was recorded, and refunded. */
export interface LedgerPayment {
  readonly reference: string | undefined;
  readonly outcome: PaymentOutcome;
  readonly at: number;
  readonly refundedAt?: number;
}

/** Units of a SKU, at a place where one is given. */
export function unitsIn(lines: readonly StockLine[], sku: Sku, locationId?: LocationId): number {
  const isOf = (line: StockLine) => line.sku === sku && (locationId === undefined || line.locationId === locationId);
  return lines.reduce((sum, line) => (isOf(line) ? sum + line.quantity : sum), 0);
}

/** Units of a SKU that have left an order up to a point. */
export function shippedOf({ shipments }: LedgerOrder, sku: Sku, to = Number.POSITIVE_INFINITY): number {
  return shipments.reduce((sum, each) => (each.sku === sku && each.at <= to ? sum + each.quantity : sum), 0);
}

/** How far an order has been fulfilled. */
export function fulfilmentStatusOf(order: LedgerOrder): FulfilmentStatus {
  if (order.shipments.length === 0) return "NONE";
  const isDone = order.lines.every(
    ({ sku }) => shippedOf(order, sku) + givenUpOf(order, "CANCELLATION", sku) === unitsIn(order.lines, sku),
  );
  return isDone ? "FULFILLED" : "PARTIAL";
}

/** Units of a SKU that an order has given up in one way up to a point. */
export function givenUpOf(
  { givenUp }: LedgerOrder,
  kind: ReversalKind,
  sku: Sku,
  to = Number.POSITIVE_INFINITY,
): number {
  return givenUp.reduce(
    (sum, each) => (each.kind === kind && each.sku === sku && each.at <= to ? sum + each.quantity : sum),
    0,
  );
}

/** The money of an order's reversals, as its last change left it. */
export function moneyOf({ money }: LedgerOrder): LedgerMoney {
  return money.at(-1) ?? { at: 0, due: 0, refunded: 0 };
}

/** The price of one unit of a SKU in an order. */
export function priceOf({ lines }: LedgerOrder, sku: Sku): number {
  return lines.find((line) => line.sku === sku)?.unitPrice.amount ?? 0;
}
