import { expect } from "vitest";
import type { Claim } from "./claim.ts";
import type { AdjustStock } from "./commands/adjust-stock.ts";
import type { CancelOrder } from "./commands/cancel-order.ts";
import type { ConfirmOrder } from "./commands/confirm-order.ts";
import type { CorrectStock } from "./commands/correct-stock.ts";
import type { CreateProduct } from "./commands/create-product.ts";
import type { ExpireOrder } from "./commands/expire-order.ts";
import type { PlaceOrder } from "./commands/place-order.ts";
import type { RecordRefund } from "./commands/record-refund.ts";
import type { ReviewLatePayment } from "./commands/review-late-payment.ts";
import type { Command } from "./commands.ts";
import { type Batch, decideBatch, type Outcome } from "./decide-batch.ts";
import { apply, draftOf } from "./draft.ts";
import { declarationOf, type Entity, entityNames } from "./entities.ts";
import {
  type Actor,
  type AdjustmentId,
  type CorrectionId,
  type Instant,
  type LocationId,
  mainLocation,
  type OrderId,
  type Quantity,
  type Sku,
} from "./ids.ts";
import { type JournalEntry, journalEntryOf } from "./journal.ts";
import type { LatePaymentPolicy, ReviewDecision } from "./late-payment.ts";
import type { Order } from "./order.ts";
import { readsOf } from "./reads.ts";
import type { Recount } from "./reconcile.ts";
import { recountOf } from "./recount.ts";
import { type Snapshot, snapshotOf } from "./snapshot.ts";
import { availableStock, levelKey, type StockLevel } from "./stock-level.ts";

export const actor = "tester" as Actor;

/** The instant that a test's clock stands at `seconds` after the shop opened. */
export function instant(seconds: number): Instant {
  return (1_700_000_000_000 + seconds * 1000) as Instant;
}

/** A shop with no store behind it: the rules alone, on a state in memory and a clock that the test sets. */
export class TestShop {
  snapshot: Snapshot = snapshotOf({});
  readonly journal: JournalEntry[] = [];
  /** Seconds since the shop opened. */
  seconds = 0;

  /** Decides commands as one batch, applies its writes, and returns it. */
  batch(...commands: readonly Command[]): Batch {
    const loaded = { ...this.snapshot, recounts: this.#recounts(commands) };
    const batch = decideBatch(loaded, commands, instant(this.seconds));
    this.snapshot = afterWrites(this.snapshot, batch);
    const entry = journalEntryOf(String(this.journal.length).padStart(26, "0"), batch);
    if (entry) this.journal.push(entry);
    return batch;
  }

  /** The level's sources added up, as a store does. */
  recount(name: string): Recount {
    const level = this.#level(name);
    if (level === undefined) throw new Error(`there is no level ${name}`);
    return recountOf(level, { entities: this.snapshot, journal: this.journal });
  }

  #recounts(commands: readonly Command[]): Map<string, Recount> {
    const corrections = commands.filter(({ type }) => type === "CorrectStock");
    const named = [...readsOf(corrections).recounts].filter((key) => this.snapshot.levels.has(key));
    return new Map(named.map((key) => [key, this.recount(key)]));
  }

  /** Changes a level's figures behind the rules' back, as someone would who edits the database. */
  bend(name: string, change: Partial<StockLevel>): void {
    const level = { ...this.recount(name).level, ...change };
    const next = draftOf(this.snapshot);
    apply(next, { levels: [level] });
    this.snapshot = next;
  }

  #level(name: string): StockLevel | undefined {
    return this.snapshot.levels.get(name.includes("@") ? name : levelKey(name as Sku, mainLocation));
  }

  /** A batch's outcomes, in one word each: `ok`, `replayed`, a failure's code or `broken`. */
  ask(...commands: readonly Command[]): string[] {
    return this.batch(...commands).outcomes.map(wordOf);
  }

  /** The one outcome of one command. */
  outcome(command: Command): Outcome {
    const [outcome] = this.batch(command).outcomes;
    if (outcome === undefined) throw new Error("a batch of one has one outcome");
    return outcome;
  }

  /** `total/reserved/committed/available` of `sku` (at main) or `sku@location`. */
  stock(name: string): string {
    const level = this.#level(name);
    if (level === undefined) return "none";
    return [level.totalStock, level.reservedStock, level.committedStock, availableStock(level)].join("/");
  }

  order(name: string): Order {
    const order = this.snapshot.orders.get(orderId(name));
    if (order === undefined) throw new Error(`there is no order ${name}`);
    return order;
  }
}

/** What a store has after it wrote a batch. */
function afterWrites(before: Snapshot, { writes }: Batch): Snapshot {
  const next = draftOf(before);
  for (const name of entityNames) {
    const { keyOf, isGone } = declarationOf(name);
    apply(next, { [name]: writes[name].map(({ after }) => after) });
    for (const { after } of writes[name] as readonly { after: Entity }[]) {
      if (isGone?.(after as never)) next[name].delete(keyOf(after as never));
    }
  }
  return next;
}

/**
 * One step of a life: seconds since the shop opened, what is asked, its outcome, the stock after it (`tea 9/1/0/8`,
 * several with a comma), and the asked order's status after it (`-`: none).
 */
export type Step = readonly [seconds: number, command: Command, outcome: string, stock: string, status: string];

/** Plays steps on a new shop and compares every outcome, stock and status; returns the shop for a closer look. */
export function live(...steps: readonly Step[]): TestShop {
  const shop = new TestShop();
  const played = steps.map(([seconds, command, , stock]): Step => {
    shop.seconds = seconds;
    const [word = ""] = shop.ask(command);
    const names = stock.split(", ").map((each) => each.split(" ")[0] ?? "");
    const status = "orderId" in command ? shop.snapshot.orders.get(command.orderId)?.status : undefined;
    return [seconds, command, word, names.map((name) => `${name} ${shop.stock(name)}`).join(", "), status ?? "-"];
  });
  expect(played).toEqual(steps);
  return shop;
}

export function wordOf(outcome: Outcome): string {
  if (outcome.kind === "broken") return "broken";
  if (outcome.kind === "refused") return outcome.failure.code;
  return outcome.replayed ? "replayed" : "ok";
}

export function orderId(name: string): OrderId {
  return `ord_${name.toUpperCase().padStart(26, "0")}` as OrderId;
}

export function claim(key: string, fingerprint = "body"): { claim: Claim } {
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
    adjustmentId: `adj_initial-${sku}` as AdjustmentId,
    ...more,
  };
}

export function adjust(
  name: string,
  stockName: string,
  delta: number,
  more: Partial<Pick<AdjustStock, "reason" | "reference" | "claim">> = {},
): AdjustStock {
  const [sku, locationId = mainLocation] = stockName.split("@");
  return {
    type: "AdjustStock",
    actor,
    adjustmentId: `adj_${name}` as AdjustmentId,
    sku: sku as Sku,
    locationId: locationId as LocationId,
    delta,
    reason: "restock",
    ...more,
  };
}

/** Places `{ tea: 2 }`, or pairs where a SKU stands on several lines. */
export function place(
  name: string,
  cart: Readonly<Record<string, number>> | readonly (readonly [sku: string, quantity: number])[],
  more: Partial<Omit<PlaceOrder, "type" | "lines">> = {},
): PlaceOrder {
  const pairs = Array.isArray(cart) ? cart : Object.entries(cart);
  return {
    type: "PlaceOrder",
    actor,
    orderId: orderId(name),
    locationId: mainLocation,
    lines: pairs.map(([sku, quantity]) => ({ sku: sku as Sku, quantity: quantity as Quantity })),
    holdSeconds: 60,
    ...more,
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

export function review(name: string, decision: ReviewDecision): ReviewLatePayment {
  return { type: "ReviewLatePayment", actor, orderId: orderId(name), decision };
}

export function refund(name: string, paymentReference?: string, refundReference?: string): RecordRefund {
  return {
    type: "RecordRefund",
    actor,
    orderId: orderId(name),
    ...(paymentReference === undefined ? {} : { paymentReference }),
    ...(refundReference === undefined ? {} : { refundReference }),
  };
}

export function cancel(name: string): CancelOrder {
  return { type: "CancelOrder", actor, orderId: orderId(name) };
}

export function expire(name: string): ExpireOrder {
  return { type: "ExpireOrder", actor, orderId: orderId(name) };
}

/** Corrects a level to the given `total/reserved/committed`, as a reviewer has seen them. */
export function correct(
  name: string,
  stockName: string,
  totalStock: number,
  reservedStock: number,
  committedStock: number,
): CorrectStock {
  const [sku, locationId = mainLocation] = stockName.split("@");
  return {
    type: "CorrectStock",
    actor,
    correctionId: `cor_${name}` as CorrectionId,
    sku: sku as Sku,
    locationId: locationId as LocationId,
    reason: "edited by hand",
    expected: { totalStock, reservedStock, committedStock },
  };
}
