import { setTimeout as wait } from "node:timers/promises";
import { type Answer, callApi, unitPrice } from "./call-api.ts";
import { BrokenPromise } from "./readiness.ts";

/** What a shopper does with its order, and the shop with what it sold. */
export type Plan =
  | "pay"
  | "pay twice"
  | "pay, then buy too much"
  | "pay, then cancel"
  | "pay, then cancel one"
  | "pay, then return one"
  | "cancel"
  | "cancel, then pay"
  | "cancel too late, then pay"
  | "abandon";

/** Minor units that an order gives back: those that are due, and those that have gone back. */
export interface ReportedMoney {
  readonly due: number;
  readonly refunded: number;
}

/** The outcome of one key, settled beyond doubt. */
export type Errand =
  | { readonly kind: "refused" }
  /** The answer was that nothing was written, and the shopper believed it. So there must be no order. */
  | { readonly kind: "turned away" }
  | {
      readonly kind: "placed";
      readonly orderId: string;
      readonly plan: Plan;
      /** The references of the reported payments. */
      readonly payments: readonly string[];
      readonly money: ReportedMoney;
    };

interface AnswerBody {
  readonly id?: string;
  readonly status?: string;
  readonly code?: string;
  readonly order?: { readonly payments: readonly { readonly reference?: string; readonly outcome: string }[] };
}

export interface ErrandToRun {
  readonly urls: readonly string[];
  readonly key: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly plan: Plan;
  /** Believes the first clear answer, even one that says that no order was written, and leaves. */
  readonly believes: boolean;
}

const againMs = 150;
const none: ReportedMoney = { due: 0, refunded: 0 };
/** Less than a unit costs: the rest stays due. */
const partPaidBack = 60;
/** Reservations to be paid must outlast a cluster that is down for a while. */
const holdSeconds = {
  pay: 300,
  "pay twice": 300,
  "pay, then buy too much": 300,
  "pay, then cancel": 300,
  "pay, then cancel one": 300,
  "pay, then return one": 300,
  cancel: 300,
  "cancel, then pay": 300,
  "cancel too late, then pay": 1,
  abandon: 2,
} as const satisfies Record<Plan, number>;
/** The time from placing an order to a late cancel: its reservation has run out, and the order has mostly expired. */
const tooLateMs = 2_500;

/** The codes of a 503 that promise that nothing was written. */
const nothingWritten: readonly (string | undefined)[] = ["unavailable", "overloaded", "record_unreadable"];

/**
 * A shopper that never gives up: it sends each request again, with the same key and to any API, until an answer settles it. A 503 and a
 * lost connection settle nothing, unless the shopper believes a 503 that says so. Throws a `BrokenPromise` for a forbidden answer.
 */
export async function runErrand({ urls, key, lines, plan, believes }: ErrandToRun): Promise<Errand> {
  const cart = { lines, customerId: key, holdSeconds: holdSeconds[believes ? "abandon" : plan] };
  const placed = await settle(urls, "/v1/orders", cart, key, believes);
  if (placed.status === 503) return { kind: "turned away" };
  if (placed.status === 409 && placed.body.code === "insufficient_stock") return { kind: "refused" };
  const orderId = placed.body.id;
  if (placed.status !== 201 || orderId === undefined) throw broken("placing", placed);
  if (believes) return { kind: "placed", orderId, plan: "abandon", payments: [], money: none };
  // The order may have been placed although the answer was lost. Ask once more: the same order must come.
  const again = await settle(urls, "/v1/orders", cart, key);
  if (again.body.id !== orderId) throw new BrokenPromise(`${key} made ${orderId} and ${again.body.id}`);

  const payments = await end(urls, orderId, plan);
  if (plan === "pay, then buy too much") await buyTooMuch(urls, cart, key);
  return { kind: "placed", orderId, plan, payments, money: await giveBack(urls, { orderId, lines, plan }) };
}

/** A customer may have one of each product. */
async function buyTooMuch(urls: readonly string[], cart: object, key: string): Promise<void> {
  const answer = await settle(urls, "/v1/orders", { ...cart, holdSeconds: 2 }, `${key}-too-much`);
  if (answer.status !== 409 || answer.body.code !== "purchase_limit_exceeded") throw broken("buying too much", answer);
}

/** Cancels or takes back what was sold, as planned, and pays back some of what is due for it. Returns what the shopper is owed by then. */
async function giveBack(
  urls: readonly string[],
  { orderId, lines, plan }: Pick<ErrandToRun, "lines" | "plan"> & { readonly orderId: string },
): Promise<ReportedMoney> {
  const make = async (what: string, body: object) => {
    const answer = await settle(urls, `/v1/orders/${orderId}/${what}`, body, `${what}-${orderId}`);
    if (answer.status !== 201) throw broken(`${what} of ${orderId}`, answer);
  };
  const [one] = lines.slice(0, 1);
  switch (plan) {
    case "pay, then cancel":
      await make("cancellations", {});
      return { due: lines.length * unitPrice, refunded: 0 };
    case "pay, then cancel one":
      await make("cancellations", { lines: [one] });
      await make("repayments", {});
      if (lines.length > 1) await make("fulfilments", {});
      return { due: 0, refunded: unitPrice };
    case "pay, then return one":
      await make("fulfilments", {});
      await make("returns", { lines: [{ ...one, disposition: "RESTOCK" }] });
      await make("repayments", { amount: partPaidBack });
      return { due: unitPrice - partPaidBack, refunded: partPaidBack };
    default:
      return none;
  }
}

/** Ends an order as planned. Returns the payments that it reported. */
async function end(urls: readonly string[], orderId: string, plan: Plan): Promise<string[]> {
  const [first, second] = [`pay-${orderId}`, `again-${orderId}`];
  switch (plan) {
    case "pay":
    case "pay, then buy too much":
    case "pay, then cancel":
    case "pay, then cancel one":
    case "pay, then return one":
      await call(urls, orderId, "confirm", { paymentReference: first });
      return [first];
    case "pay twice":
      await call(urls, orderId, "confirm", { paymentReference: first });
      await payInVain(urls, orderId, second, "order_already_paid");
      await call(urls, orderId, "refunds", { paymentReference: second, refundReference: `re-${orderId}` });
      return [first, second];
    case "cancel":
      await call(urls, orderId, "cancel");
      return [];
    case "cancel too late, then pay":
      await wait(tooLateMs);
      await call(urls, orderId, "cancel");
      await payInVain(urls, orderId, first, "order_not_confirmable");
      return [first];
    case "cancel, then pay":
      await call(urls, orderId, "cancel");
      await payInVain(urls, orderId, first, "order_not_confirmable");
      return [first];
    case "abandon":
      return [];
  }
}

async function call(urls: readonly string[], orderId: string, what: string, body: object = {}): Promise<void> {
  const answer = await settle(urls, `/v1/orders/${orderId}/${what}`, body, undefined);
  if (answer.status !== 200) throw broken(`${what} of ${orderId}`, answer);
}

/** Reports a payment that cannot sell anything. The refusal must show it on the order, with a refund due. */
async function payInVain(urls: readonly string[], orderId: string, paymentReference: string, code: string) {
  const answer = await settle(urls, `/v1/orders/${orderId}/confirm`, { paymentReference }, undefined);
  const kept = answer.body.order?.payments.find(({ reference }) => reference === paymentReference);
  if (answer.status !== 409 || answer.body.code !== code || kept?.outcome !== "REFUND_DUE") {
    throw broken(`paying ${orderId} in vain`, answer);
  }
}

/** Asks, at any API, until an answer settles it. */
export async function settle(
  urls: readonly string[],
  path: string,
  body: object,
  key: string | undefined,
  believes = false,
): Promise<Answer<AnswerBody>> {
  let doubt = !believes;
  for (let attempt = Math.floor(Math.random() * urls.length); ; attempt += 1) {
    const answer = await ask(`${urls[attempt % urls.length]}${path}`, { body, idempotencyKey: key });
    if (answer !== undefined && answer.status < 500) return answer;
    if (answer !== undefined && answer.status !== 503) throw broken(path, answer);
    doubt ||= !nothingWritten.includes(answer?.body.code);
    if (answer !== undefined && !doubt) return answer;
    await wait(againMs);
  }
}

/** Sends a request. `undefined` if the connection was lost. */
async function ask(url: string, sent: Parameters<typeof callApi>[1]): Promise<Answer<AnswerBody> | undefined> {
  return await callApi<AnswerBody>(url, sent).catch(() => undefined);
}

function broken(what: string, { status, body }: Answer<AnswerBody>): BrokenPromise {
  return new BrokenPromise(`${what} was answered ${status} ${JSON.stringify(body)}`);
}
