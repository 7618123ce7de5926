import {
  type Actor,
  type AdjustmentId,
  type AdjustmentReason,
  type AdjustStock,
  availableStock,
  type CancelOrder,
  type Claim,
  type Command,
  type ConfirmOrder,
  type CorrectionId,
  type CorrectStock,
  type CreateProduct,
  type CustomerId,
  decide,
  decideBatch,
  decideBatchBy,
  driftOf,
  type ExpireOrder,
  evolve,
  type HoldBounds,
  type Instant,
  isReadable,
  type LatePaymentPolicy,
  type LocationId,
  type Movement,
  mainLocation,
  type Order,
  type OrderId,
  type Outcome,
  type PlaceOrder,
  type Quantity,
  type RecordRefund,
  type ReviewDecision,
  type ReviewLatePayment,
  type Rules,
  type Sku,
} from "@holdfast/domain";
import { type Commit, type Database, everyRecount, type FeedEntry, movementPage, readable } from "@holdfast/engine";

const actor = "tester" as Actor;

/** Counted over all shops, so that two on one database never share a transaction's id. */
let transactions = 0;

/** A database as a shop would talk of it: short words for commands, and stock as the four numbers. */
export class ContractShop {
  readonly database: Database;
  /** Moves the time at which rules decide, in milliseconds. The database's own clock stays as it is. */
  later = 0;
  /** The real ones, unless a test asks for what no command does. */
  rules: Rules = { decide, evolve };

  constructor(database: Database) {
    this.database = database;
  }

  async transact(...commands: readonly Command[]): Promise<Commit> {
    transactions += 1;
    return await this.database.store.transact({
      id: idOf(`${transactions}`),
      commands,
      decide: (snapshot, asked, now) => decideBatchBy(this.rules, snapshot, asked, (now + this.later) as Instant),
      timeoutMs: 20_000,
    });
  }

  /** Commits commands as one batch and tells what became of each, in one word: `ok`, `replayed`, a failure's code or `broken`. */
  async ask(...commands: readonly Command[]): Promise<string[]> {
    return (await this.outcomes(...commands)).map(wordOf);
  }

  async outcomes(...commands: readonly Command[]): Promise<readonly Outcome[]> {
    const commit = await this.transact(...commands);
    if (commit.kind !== "committed") throw new Error(`the batch is ${commit.kind}`, { cause: commit.cause });
    return commit.batch.outcomes;
  }

  /** `total/reserved/committed/available` of a SKU at a location. */
  async stock(sku: string, locationId: string = mainLocation): Promise<string> {
    const product = await this.database.queries.product(sku as Sku);
    const level = product?.levels.find((candidate) => candidate.locationId === locationId);
    if (level === undefined) return "none";
    return [level.totalStock, level.reservedStock, level.committedStock, availableStock(level)].join("/");
  }

  async order(name: string): Promise<Order> {
    const order = await this.database.queries.order(orderId(name));
    if (order === undefined) throw new Error(`there is no order ${name}`);
    return order;
  }

  /** What these customers and the tester's key have on hold, as a batch that names them reads it; a holder of nothing is left out. */
  async holdings(customerIds: readonly string[]): Promise<Map<string, number>> {
    transactions += 1;
    const held = new Map<string, number>();
    const bounds = { unitsPerKeyMax: 1 };
    await this.database.store.transact({
      id: idOf(`${transactions}`),
      // The last one, so that every store begins with a read.
      commands: [...customerIds.map((customerId) => place("0", {}, { customerId, bounds })), confirm("0")],
      decide: (snapshot, _asked, now) => {
        for (const { holder, units } of snapshot.holdings.values()) held.set(holder, units);
        return decideBatch(snapshot, [], now);
      },
      timeoutMs: 20_000,
    });
    return held;
  }

  /** The feed to its end, with a place for all that has been committed. */
  async feed(): Promise<FeedEntry[]> {
    const { queries, sequencer } = this.database;
    while (sequencer !== undefined && (await sequencer.stamp(500)) > 0);
    const entries: FeedEntry[] = [];
    for (;;) {
      const page = await queries.feed({ limit: 100, after: entries.length });
      if (page.length === 0) return entries;
      entries.push(...page.filter((entry) => "records" in entry));
    }
  }

  /** A SKU's ledger, newest first. */
  async ledger(sku: string, limit = 100): Promise<Movement[]> {
    const page = await movementPage(this.database.queries, sku as Sku, { limit });
    return page.map(({ movement }) => readable(movement));
  }

  /** Every figure that does not add up, in words. */
  async drift(): Promise<string[]> {
    const found: string[] = [];
    for await (const recount of everyRecount(this.database.queries)) {
      if (!isReadable(recount)) {
        found.push(`${recount.kind} ${recount.id}: ${recount.reason}`);
        continue;
      }
      for (const { sku, counter, source, counted, expected } of driftOf(recount)) {
        found.push(`${sku} ${counter} is ${counted}, ${source} say ${expected}`);
      }
    }
    return found;
  }
}

export function wordOf(outcome: Outcome): string {
  if (outcome.kind === "broken") return "broken";
  if (outcome.kind === "refused") return outcome.failure.code;
  return outcome.replayed ? "replayed" : "ok";
}

/** Any short name as a 26-character id that sorts as the names do. */
export function idOf(name: string): string {
  return name.padStart(26, "0");
}

export function orderId(name: string): OrderId {
  return `ord_${idOf(name)}` as OrderId;
}

export function claim(key: string, fingerprint = "f"): { claim: Claim } {
  return { claim: { key, fingerprint } };
}

export function create(sku: string, totalStock: number, more: Partial<CreateProduct> = {}): CreateProduct {
  return {
    type: "CreateProduct",
    actor,
    sku: sku as Sku,
    name: `Fine ${sku}`,
    price: { amount: 450, currency: "EUR" },
    totalStock,
    adjustmentId: `adj_${idOf(`initial${sku}`)}` as AdjustmentId,
    ...more,
  };
}

export function adjust(
  name: string,
  sku: string,
  delta: number,
  more: Partial<Omit<AdjustStock, "locationId">> & { reason?: AdjustmentReason; locationId?: string } = {},
): AdjustStock {
  const { locationId = mainLocation, ...rest } = more;
  return {
    type: "AdjustStock",
    actor,
    adjustmentId: `adj_${idOf(name)}` as AdjustmentId,
    sku: sku as Sku,
    locationId: locationId as LocationId,
    delta,
    reason: "restock",
    ...rest,
  };
}

export function place(
  name: string,
  cart: Readonly<Record<string, number>> | readonly (readonly [string, number])[],
  more: {
    claim?: Claim;
    holdSeconds?: number;
    locationId?: string;
    customerId?: string;
    bounds?: HoldBounds;
  } = {},
): PlaceOrder {
  const pairs = Array.isArray(cart) ? cart : Object.entries(cart);
  return {
    type: "PlaceOrder",
    actor,
    orderId: orderId(name),
    locationId: (more.locationId ?? mainLocation) as LocationId,
    lines: pairs.map(([sku, quantity]) => ({ sku: sku as Sku, quantity: quantity as Quantity })),
    holdSeconds: more.holdSeconds ?? 60,
    ...(more.customerId === undefined ? {} : { customerId: more.customerId as CustomerId }),
    ...(more.claim && { claim: more.claim }),
    ...(more.bounds && { bounds: more.bounds }),
  };
}

export function confirm(
  name: string,
  paymentReference?: string,
  latePayment: LatePaymentPolicy = "refund",
): ConfirmOrder {
  return {
    type: "ConfirmOrder",
    actor,
    orderId: orderId(name),
    ...(paymentReference === undefined ? {} : { paymentReference }),
    latePayment,
  };
}

export function refund(name: string, paymentReference: string, refundReference: string): RecordRefund {
  return { type: "RecordRefund", actor, orderId: orderId(name), paymentReference, refundReference };
}

export function review(name: string, decision: ReviewDecision): ReviewLatePayment {
  return { type: "ReviewLatePayment", actor, orderId: orderId(name), decision };
}

export function cancel(name: string): CancelOrder {
  return { type: "CancelOrder", actor, orderId: orderId(name) };
}

export function expire(name: string): ExpireOrder {
  return { type: "ExpireOrder", actor, orderId: orderId(name) };
}

/** Corrects a level to the given figures, as a reviewer has seen them. */
export function correct(
  name: string,
  sku: string,
  totalStock: number,
  reservedStock: number,
  committedStock: number,
  locationId: string = mainLocation,
): CorrectStock {
  return {
    type: "CorrectStock",
    actor,
    correctionId: `cor_${idOf(name)}` as CorrectionId,
    sku: sku as Sku,
    locationId: locationId as LocationId,
    reason: "edited by hand",
    expected: { totalStock, reservedStock, committedStock },
  };
}
