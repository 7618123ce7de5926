import type { Order, OrderId, ShownOrder } from "@holdfast/domain";
import type { FeedEntry } from "@holdfast/engine";

type RequestName = "confirm" | "cancel" | "expire";

/** An order for whose end two requests raced, and their answers: `ok` or a failure's code. */
export interface Race {
  readonly name: string;
  readonly sku: string;
  readonly requests: readonly [RequestName, RequestName];
  /** Milliseconds from the end of its reservation to the race. */
  readonly moment: number;
  readonly answers: string[];
}

/** The statuses that an order may have after a request got this answer. */
const truth: Readonly<Record<string, readonly Order["status"][]>> = {
  "confirm ok": ["CONFIRMED"],
  "confirm order_not_confirmable": ["CANCELLED"],
  "confirm late_payment_refund_due": ["FAILED"],
  "cancel ok": ["CANCELLED"],
  "cancel order_not_cancellable": ["CONFIRMED", "FAILED"],
  "expire ok": ["CONFIRMED", "CANCELLED", "EXPIRED", "FAILED"],
  // Refused only before the reservation runs out: the other request may have expired it afterwards.
  "expire order_not_due": ["PENDING_PAYMENT", "CONFIRMED", "CANCELLED"],
};

/** The events that an order's state follows from: how it was placed, ended and paid, and whether its reservation had run out. */
const histories: Readonly<Record<string, string>> = {
  "PENDING_PAYMENT/ACTIVE": "OrderPlaced",
  "CONFIRMED/CONFIRMED ON_TIME": "OrderPlaced OrderConfirmed",
  "CONFIRMED/CONFIRMED REHELD": "OrderPlaced OrderExpired LatePaymentAccepted",
  "CANCELLED/CANCELLED": "OrderPlaced OrderCancelled",
  "CANCELLED/CANCELLED REFUND_DUE": "OrderPlaced OrderCancelled SurplusPaymentRecorded",
  "CANCELLED/EXPIRED": "OrderPlaced OrderExpired ExpiredOrderCancelled",
  "EXPIRED/EXPIRED": "OrderPlaced OrderExpired",
  "FAILED/EXPIRED REFUND_DUE": "OrderPlaced OrderExpired LatePaymentRefused",
};

/** An order's state in a word: status, that of its reservation, and what came of its payments. */
export function stateOf({ status, reservation, payments }: ShownOrder): string {
  return [`${status}/${reservation.status}`, ...payments.map(({ outcome }) => outcome)].join(" ");
}

/** What is wrong with the end of a race. `history`: the types of the order's events. */
export function endingFaults(race: Race, order: ShownOrder | undefined, history: string | undefined): string[] {
  if (order === undefined) return [`${race.name} is lost`];
  const { status, payments } = order;
  const [payment] = payments;
  const answers = race.requests.map((request, n) => `${request} ${race.answers[n]}`);
  const says = `${race.name} is ${stateOf(order)}, ${race.moment} ms after its reservation; the answers were ${answers.join(" and ")}`;
  const late = race.moment >= 0;
  const wrong = [
    answers.some((answer) => truth[answer]?.includes(status) !== true),
    history !== histories[stateOf(order)],
    // Each payment that was reported is recorded.
    payments.length !== (race.requests.includes("confirm") ? 1 : 0),
    status === "PENDING_PAYMENT" && (late || race.requests.some((request) => request !== "expire")),
    status === "EXPIRED" && !late,
    payment !== undefined && status !== "CANCELLED" && (payment.outcome === "ON_TIME") === late,
    answers.includes("expire order_not_due") && late,
  ];
  return wrong.includes(true) ? [`${says}: ${history}`] : [];
}

/** The types of each order's events, in the order of the feed. */
export function historiesOf(feed: readonly FeedEntry[]): ReadonlyMap<OrderId, string> {
  const found = new Map<OrderId, string>();
  for (const { records } of feed) {
    for (const record of records) {
      if (!("orderId" in record)) continue;
      const before = found.get(record.orderId);
      found.set(record.orderId, before === undefined ? record.type : `${before} ${record.type}`);
    }
  }
  return found;
}
