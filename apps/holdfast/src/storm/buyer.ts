import { type Answered, type HoldfastClient, type Order, type Problem, Unreachable } from "@holdfast/client";

/** How long a buyer's order is held: longer than a storm. */
const holdSeconds = 3_600;

/** Refusals that a storm is there to meet. */
const expected: ReadonlySet<string> = new Set([
  "insufficient_stock",
  "hold_limit_exceeded",
  "overloaded",
  "rate_limited",
  "unavailable",
]);

/** What one buyer does. */
export interface Errand {
  /** Names the buyer's order: its idempotency key, its customer, its payment. */
  readonly key: string;
  readonly sku: string;
  /** How many times each request is sent at once. */
  readonly copies: number;
  /** What becomes of the order. */
  readonly end: "confirm" | "cancel";
}

/** What a buyer came away with. */
export interface Purchase {
  readonly end: "refused" | "unsettled" | "placed" | "confirmed" | "cancelled";
  readonly orderId?: string;
  /** Answers that repeated an earlier one. */
  readonly replays: number;
  /** What was not as Holdfast promises. */
  readonly complaints: readonly string[];
}

type Placed = Awaited<ReturnType<HoldfastClient["orders"]["place"]>>;

/** Places an order, pays or cancels it, and asks once more with the same key: every request several times at once. Rejects never. */
export async function buy(client: HoldfastClient, { key, sku, copies, end }: Errand): Promise<Purchase> {
  const complaints: string[] = [];
  const place = () =>
    client.orders.place({ lines: [{ sku, quantity: 1 }], customerId: key, holdSeconds }, { idempotencyKey: key });
  const times = <Answer>(ask: () => Promise<Answer>) => settle(Array.from({ length: copies }, ask));
  const placed = await times(place);
  const { orders, replays } = readPlaced(placed.answers, complaints);
  const [order, ...others] = orders;
  if (order === undefined) {
    return { end: placed.unanswered > 0 ? "unsettled" : "refused", replays, complaints };
  }
  if (others.length > 0)
    complaints.push(`${key} made ${orders.length} orders: ${orders.map(({ id }) => id).join(", ")}`);
  const finish = (): Promise<Answered<"orders.confirm" | "orders.cancel">> =>
    end === "confirm" ? client.orders.confirm(order.id, { paymentReference: key }) : client.orders.cancel(order.id);
  const ended = await times(finish);
  const wanted = end === "confirm" ? "CONFIRMED" : "CANCELLED";
  for (const answer of ended.answers) {
    if (!answer.ok) complain(answer, `${end} of ${order.id}`, complaints);
    else if (answer.value.status !== wanted) complaints.push(`${order.id} is ${answer.value.status}, not ${wanted}`);
  }
  const late = await settle([place()]);
  for (const answer of late.answers) {
    if (!answer.ok) complain(answer, `repeat of ${order.id}`, complaints);
    else if (JSON.stringify(answer.value) !== JSON.stringify(order)) {
      complaints.push(`${key} was answered ${order.id}, and later something else`);
    }
  }
  const isEnded = ended.answers.some(({ ok }) => ok);
  const done = end === "confirm" ? "confirmed" : "cancelled";
  const open = ended.unanswered > 0 ? "unsettled" : "placed";
  return { end: isEnded ? done : open, orderId: order.id, replays: replays + late.answers.length, complaints };
}

/** The orders that were answered, each once; a replay is the same to the last letter. */
function readPlaced(answers: readonly Placed[], complaints: string[]): { orders: Order[]; replays: number } {
  const orders = new Map<string, Order>();
  let replays = 0;
  for (const answer of answers) {
    if (!answer.ok) {
      complain(answer, "placing", complaints);
      continue;
    }
    if (answer.replayed) replays += 1;
    orders.set(JSON.stringify(answer.value), answer.value);
  }
  return { orders: [...orders.values()], replays };
}

function complain({ code, status, detail, title }: Problem, what: string, complaints: string[]): void {
  if (!expected.has(code)) complaints.push(`${what} was answered ${status} ${code}: ${detail ?? title}`);
}

/** Waits for all calls. Those without an answer in time are counted. */
async function settle<Answer>(calls: readonly Promise<Answer>[]): Promise<{ answers: Answer[]; unanswered: number }> {
  const answers: Answer[] = [];
  let unanswered = 0;
  for (const settled of await Promise.allSettled(calls)) {
    if (settled.status === "fulfilled") answers.push(settled.value);
    else if (settled.reason instanceof Unreachable) unanswered += 1;
    else throw settled.reason;
  }
  return { answers, unanswered };
}
