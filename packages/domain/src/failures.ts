import type { Shortfall } from "./cart.ts";
import type { Excess } from "./commands/fulfil-order.ts";
import type { RecordKind } from "./entities.ts";
import type { Instant, LocationId, OrderId, Sku, TransferId } from "./ids.ts";
import type { ReviewDecision } from "./late-payment.ts";
import { limits } from "./limits.ts";
import type { OrderStatus } from "./order.ts";
import type { PaymentOutcome } from "./payment.ts";
import type { QuantityBreach, Unreleased } from "./product-policy.ts";
import type { PurchaseExcess } from "./purchase-limit.ts";
import type { Holder } from "./reservation-bounds.ts";
import type { StockFigures } from "./stock-level.ts";
import type { TransferStatus } from "./transfer.ts";

/**
 * Every way a command can be refused, in order of precedence: where two apply, the answer is the first.
 * `retryable`: the very same command may succeed later.
 */
export const failureCodes = {
  record_unreadable: {
    retryable: false,
    meaning: "A stored record cannot be read. Nothing was done, and nothing can be until somebody has mended it.",
  },
  idempotency_key_reused: { retryable: false, meaning: "This key was used before, for another request." },
  product_exists: { retryable: false, meaning: "A product with this SKU exists." },
  sku_differs_by_case: {
    retryable: false,
    meaning: "A product has this SKU in another case; `errors` says which. Use that one, or choose another SKU.",
  },
  product_not_found: { retryable: false, meaning: "There is no product with this SKU." },
  product_changed: {
    retryable: false,
    meaning: "The product is no longer the one whose `ETag` `If-Match` names. Read it, and decide again.",
  },
  product_archived: { retryable: false, meaning: "The product is archived: it is not sold." },
  policies_contradictory: {
    retryable: false,
    meaning: "No order could keep all of these policies of the product; `detail` says which. Nothing was changed.",
  },
  location_exists: { retryable: false, meaning: "A location with this id exists." },
  location_not_found: { retryable: false, meaning: "There is no location with this id." },
  location_changed: {
    retryable: false,
    meaning: "The location is no longer the one whose `ETag` `If-Match` names. Read it, and decide again.",
  },
  location_inactive: { retryable: false, meaning: "The location is not active: nothing new is promised there." },
  level_changed: {
    retryable: false,
    meaning: "The stock level is no longer the one that the request names. Read it, and decide or count again.",
  },
  order_not_found: { retryable: false, meaning: "There is no order with this id." },
  payment_not_found: { retryable: false, meaning: "The order has no payment with this reference." },
  too_many_payments: {
    retryable: false,
    meaning: "The order has as many payments as it can keep. This one is not recorded: see to it yourself.",
  },
  order_not_confirmable: {
    retryable: false,
    meaning: "The order was cancelled. The payment is on it all the same; refund it.",
  },
  order_already_paid: {
    retryable: false,
    meaning: "The order has another payment. This one is on it as well, and sells nothing; refund it.",
  },
  order_not_cancellable: { retryable: false, meaning: "The order has ended otherwise." },
  order_not_due: { retryable: true, meaning: "The order's reservation is still active." },
  order_changed: {
    retryable: false,
    meaning: "The order has changed since it was read. Read it again, and decide anew.",
  },
  order_not_changeable: {
    retryable: false,
    meaning: "Its lines stay as they are: the order is paid, or holds nothing any more. Place another one.",
  },
  metadata_too_large: {
    retryable: false,
    meaning: `An order's metadata has at most ${limits.metadataEntriesMax} entries, of ${limits.metadataSizeMax} characters together. Nothing was changed.`,
  },
  order_not_extendable: { retryable: false, meaning: "The order holds nothing any more that could be held longer." },
  order_not_replaceable: {
    retryable: false,
    meaning:
      "The order that was to be replaced is paid or cancelled, or another cart has replaced it. Nothing was held.",
  },
  payment_not_named: {
    retryable: false,
    meaning: "This shop extends a reservation only while a payment is under way: name it as `paymentReference`.",
  },
  hold_too_long: {
    retryable: false,
    meaning:
      "From when the order was placed, its reservation would last longer than HOLD_SECONDS_MAX or the `holdSecondsMax` of one of its products allows.",
  },
  late_payment_refund_due: {
    retryable: false,
    meaning:
      "The payment came after the reservation had run out, and the stock had gone. The order says so; refund it.",
  },
  late_payment_review_due: {
    retryable: false,
    meaning:
      "The payment came after the reservation had run out, and the stock had gone. The order says so; somebody has to review it.",
  },
  refund_not_due: { retryable: false, meaning: "The payment is not due back: it sold something, or is under review." },
  refunded_otherwise: { retryable: false, meaning: "The payment was refunded under another reference." },
  order_not_reviewable: { retryable: false, meaning: "The order awaits no review, or the review went the other way." },
  order_not_fulfillable: { retryable: false, meaning: "Only what is paid for can leave: the order is not CONFIRMED." },
  more_than_sold: {
    retryable: false,
    meaning: "More units would leave than the order has sold and not yet shipped. Nothing was recorded.",
  },
  nothing_to_fulfil: { retryable: false, meaning: "All that the order has sold has left." },
  not_yet_released: {
    retryable: true,
    meaning:
      "These units were sold as a preorder, and leave from their release on; `errors` says when. Nothing was recorded.",
  },
  order_not_reversible: {
    retryable: false,
    meaning: "Only what is paid for can be cancelled so or come back: the order is not CONFIRMED.",
  },
  more_than_shipped: {
    retryable: false,
    meaning: "More units would come back than have left and not come back yet. Nothing was recorded.",
  },
  nothing_to_reverse: {
    retryable: false,
    meaning: "There is nothing left to cancel, or nothing outside to come back.",
  },
  nothing_due: { retryable: false, meaning: "No money is due back for this order." },
  more_than_due: { retryable: false, meaning: "More money would have gone back than is due." },
  currency_mismatch: { retryable: false, meaning: "The lines of one order are priced in different currencies." },
  order_total_too_large: {
    retryable: false,
    meaning: "The order would cost more than 9007199254740991 minor units. Place several orders.",
  },
  quantity_not_allowed: {
    retryable: false,
    meaning:
      "The shop sells a product in other quantities only: `errors` names each with its minimum, maximum and multiple. Nothing was held.",
  },
  customer_required: {
    retryable: false,
    meaning:
      "A product of the cart may be bought only so often by one customer: name the `customerId`. `errors` says which product. Nothing was held.",
  },
  purchase_limit_exceeded: {
    retryable: true,
    meaning:
      "The customer would have bought more of a product than it allows in a time; `errors` says how many. Nothing was held.",
  },
  hold_limit_exceeded: {
    retryable: true,
    meaning: "This shopper or API key would hold more units at a time than it may; nothing was held.",
  },
  nothing_to_correct: { retryable: false, meaning: "The stock level adds up. There is nothing to correct." },
  drift_changed: {
    retryable: false,
    meaning: "The sources no longer add up to what was expected. Review the fresh figures, and send those.",
  },
  transfer_not_found: { retryable: false, meaning: "There is no transfer with this id." },
  same_location: { retryable: false, meaning: "A transfer goes from one place to another, not to the same." },
  transfer_not_shippable: {
    retryable: false,
    meaning: "Only a PENDING transfer leaves a place; what a supplier sends is IN_TRANSIT from the beginning.",
  },
  transfer_not_in_transit: {
    retryable: false,
    meaning: "Only what is IN_TRANSIT arrives or is given up: ship the transfer first, or see how it has ended.",
  },
  more_than_in_transit: {
    retryable: false,
    meaning:
      "More units would arrive than are on their way. Nothing was recorded. Receive what is, and adjust stock for the rest.",
  },
  transfer_not_cancellable: {
    retryable: false,
    meaning: "The transfer has ended: all of it was received or given up.",
  },
  stock_limit_exceeded: { retryable: false, meaning: "A stock level cannot count that many units." },
  stock_not_there: {
    retryable: true,
    meaning:
      "The stock level counts fewer units than this would take away. Count what is there, or see whether the level adds up.",
  },
  stock_promised: { retryable: true, meaning: "Taking that many units away would break promises already made." },
  insufficient_stock: { retryable: true, meaning: "Fewer units are available than were asked for; nothing was held." },
} as const satisfies Record<string, { retryable: boolean; meaning: string }>;

export type FailureCode = keyof typeof failureCodes;

/** A refusal, with what the caller needs to understand it. */
export type Failure =
  | {
      readonly code: "record_unreadable";
      readonly kind: RecordKind;
      readonly id: string;
      /** What is wrong with it. */
      readonly reason: string;
    }
  | { readonly code: "idempotency_key_reused" }
  | { readonly code: "product_exists"; readonly sku: Sku }
  /** `sku`: the one that there is. */
  | { readonly code: "sku_differs_by_case"; readonly sku: Sku }
  | { readonly code: "product_not_found"; readonly skus: readonly Sku[] }
  /** `version`: the one that it has. */
  | { readonly code: "product_changed"; readonly sku: Sku; readonly version: number }
  /** `version`: the one that it has. */
  | { readonly code: "level_changed"; readonly sku: Sku; readonly locationId: LocationId; readonly version: number }
  | { readonly code: "policies_contradictory"; readonly sku: Sku; readonly contradiction: string }
  | { readonly code: "product_archived"; readonly skus: readonly Sku[] }
  | { readonly code: "location_exists"; readonly locationId: LocationId }
  | { readonly code: "location_not_found"; readonly locationIds: readonly LocationId[] }
  /** `version`: the one that it has. */
  | { readonly code: "location_changed"; readonly locationId: LocationId; readonly version: number }
  | { readonly code: "location_inactive"; readonly locationIds: readonly LocationId[] }
  | { readonly code: "order_not_found"; readonly orderId: OrderId }
  | { readonly code: "payment_not_found"; readonly orderId: OrderId }
  | { readonly code: "too_many_payments"; readonly orderId: OrderId; readonly paymentsMax: number }
  | { readonly code: "order_not_confirmable"; readonly orderId: OrderId; readonly status: OrderStatus }
  | { readonly code: "order_already_paid"; readonly orderId: OrderId; readonly status: OrderStatus }
  | { readonly code: "order_not_cancellable"; readonly orderId: OrderId; readonly status: OrderStatus }
  | { readonly code: "order_not_due"; readonly orderId: OrderId; readonly expiresAt: Instant }
  /** `version`: the one that it has. */
  | { readonly code: "order_changed"; readonly orderId: OrderId; readonly version: number }
  | { readonly code: "order_not_changeable"; readonly orderId: OrderId; readonly status: OrderStatus }
  | { readonly code: "metadata_too_large"; readonly orderId: OrderId }
  | { readonly code: "order_not_extendable"; readonly orderId: OrderId; readonly status: OrderStatus }
  | { readonly code: "order_not_replaceable"; readonly orderId: OrderId; readonly status: OrderStatus }
  | { readonly code: "payment_not_named"; readonly orderId: OrderId }
  /** `latest`: until when it may last. */
  | { readonly code: "hold_too_long"; readonly orderId: OrderId; readonly latest: Instant }
  | { readonly code: "late_payment_refund_due"; readonly orderId: OrderId }
  | { readonly code: "late_payment_review_due"; readonly orderId: OrderId }
  | { readonly code: "refund_not_due"; readonly orderId: OrderId; readonly outcome: PaymentOutcome }
  | {
      readonly code: "refunded_otherwise";
      readonly orderId: OrderId;
      /** The one that is recorded, where there is one. */
      readonly refundReference?: string;
    }
  | {
      readonly code: "order_not_reviewable";
      readonly orderId: OrderId;
      readonly status: OrderStatus;
      /** How its review ended, where it had one. */
      readonly decision?: ReviewDecision;
    }
  | { readonly code: "order_not_fulfillable"; readonly orderId: OrderId; readonly status: OrderStatus }
  | { readonly code: "more_than_sold"; readonly orderId: OrderId; readonly excesses: readonly Excess[] }
  | { readonly code: "nothing_to_fulfil"; readonly orderId: OrderId }
  | { readonly code: "not_yet_released"; readonly orderId: OrderId; readonly unreleased: readonly Unreleased[] }
  | { readonly code: "order_not_reversible"; readonly orderId: OrderId; readonly status: OrderStatus }
  | { readonly code: "more_than_shipped"; readonly orderId: OrderId; readonly excesses: readonly Excess[] }
  | { readonly code: "nothing_to_reverse"; readonly orderId: OrderId }
  | { readonly code: "nothing_due"; readonly orderId: OrderId }
  | { readonly code: "more_than_due"; readonly orderId: OrderId; readonly requested: number; readonly due: number }
  | { readonly code: "currency_mismatch"; readonly currencies: readonly string[] }
  | { readonly code: "order_total_too_large" }
  | { readonly code: "quantity_not_allowed"; readonly breaches: readonly QuantityBreach[] }
  | { readonly code: "customer_required"; readonly skus: readonly Sku[] }
  | { readonly code: "purchase_limit_exceeded"; readonly excesses: readonly PurchaseExcess[] }
  | {
      readonly code: "hold_limit_exceeded";
      readonly holder: Holder["kind"];
      readonly requested: number;
      readonly held: number;
      readonly unitsMax: number;
    }
  | { readonly code: "transfer_not_found"; readonly transferId: TransferId }
  | { readonly code: "same_location"; readonly locationId: LocationId }
  | {
      readonly code: "transfer_not_shippable" | "transfer_not_in_transit" | "transfer_not_cancellable";
      readonly transferId: TransferId;
      readonly status: TransferStatus;
    }
  | { readonly code: "more_than_in_transit"; readonly transferId: TransferId; readonly excesses: readonly Excess[] }
  | { readonly code: "stock_limit_exceeded"; readonly sku: Sku; readonly locationId: LocationId }
  | {
      readonly code: "stock_promised" | "stock_not_there";
      readonly sku: Sku;
      readonly locationId: LocationId;
      readonly requested: number;
      readonly available: number;
    }
  | { readonly code: "insufficient_stock"; readonly shortfalls: readonly Shortfall[] }
  | { readonly code: "nothing_to_correct"; readonly sku: Sku; readonly locationId: LocationId }
  | {
      readonly code: "drift_changed";
      readonly sku: Sku;
      readonly locationId: LocationId;
      /** What the level says now. */
      readonly counted: StockFigures;
      /** What its sources add up to now. */
      readonly expected: StockFigures;
    };
