import type { Claim } from "../claim.ts";
import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Failure } from "../failures.ts";
import type { Actor, Instant, LocationId, OrderId, Quantity, ReversalId, Sku } from "../ids.ts";
import { limits } from "../limits.ts";
import { notThere } from "../not-there.ts";
import { type Order, openQuantity, outsideQuantity } from "../order.ts";
import { placedLines } from "../order-places.ts";
import { type Disposition, type Reversal, type ReversalKind, type ReversalLine, unitsAt } from "../reversal.ts";
import { sharedOut } from "../shared-out.ts";
import type { Snapshot } from "../snapshot.ts";
import { levelKey } from "../stock-level.ts";
import { stockOf } from "../stock-of.ts";
import type { Excess } from "./fulfil-order.ts";

/** Units that an order gives up, and what becomes of them. */
export interface GivenUp {
  readonly sku: Sku;
  /** Left out: where the order has them. */
  readonly locationId?: LocationId | undefined;
  readonly quantity: Quantity;
  readonly disposition: Disposition;
}

/** Units of a paid order are cancelled before they leave, or come back after that. */
export interface ReverseSale {
  readonly type: "ReverseSale";
  readonly actor: Actor;
  readonly reversalId: ReversalId;
  readonly orderId: OrderId;
  readonly kind: ReversalKind;
  /** Left out: all that has yet to leave is cancelled, or all that has left comes back to be sold again. */
  readonly lines?: readonly GivenUp[];
  /** Whether the money for it is due back. Left out: it is. */
  readonly refund?: boolean;
  readonly reference?: string;
  readonly claim?: Claim;
}

/** A sale can be undone unit by unit: never more than has yet to leave is cancelled, nor more than has left returned. */
export const reverseSale: CommandModule<ReverseSale, "reversals"> = {
  reads: ({ orderId }) => ({ orders: [orderId] }),
  leadsTo: ({ orderId }, { orders }) => {
    const order = orders.get(orderId);
    return order === undefined ? {} : stockOf(order);
  },
  subject: { of: "reversals", keyOf: ({ reversalId }) => reversalId },
  decide,
};

function decide(snapshot: Snapshot, command: ReverseSale, now: Instant): Decision {
  const { orderId, kind, actor, reference, claim, refund = true } = command;
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  if (order.status !== "CONFIRMED") return refuse({ code: "order_not_reversible", orderId, status: order.status });
  const { lines, excesses } = linesOf(order, command);
  const failure = excess(order, kind, excesses) ?? tooMuch(snapshot, lines) ?? unsold(snapshot, lines);
  if (failure !== undefined) return refuse(failure);
  if (lines.length === 0) return refuse({ code: "nothing_to_reverse", orderId });
  const reversal: Reversal = {
    id: command.reversalId,
    orderId,
    kind,
    lines,
    refundDue: refund ? worthOf(order, lines) : 0,
    ...(reference === undefined ? {} : { reference }),
    actor,
    at: now,
    ...(claim && { claim }),
  };
  return accept({ type: "SaleReversed", actor, reversal });
}

/** One line a SKU, place and disposition. */
function linesOf(order: Order, { kind, lines: asked }: ReverseSale) {
  const [most, disposition] =
    kind === "CANCELLATION" ? [openQuantity, "CANCELLED" as const] : [outsideQuantity, "RESTOCK" as const];
  const all = () =>
    placedLines(order).map((line) => {
      const { sku, locationId } = line;
      return { sku, locationId, quantity: most(line) as Quantity, disposition };
    });
  const { lines, excesses } = sharedOut(order, asked ?? all(), most);
  const merged = new Map<string, ReversalLine>();
  for (const { sku, quantity, locationId, disposition } of lines) {
    const key = JSON.stringify([sku, locationId, disposition]);
    const before = merged.get(key)?.quantity ?? 0;
    merged.set(key, { sku, locationId, quantity: (before + quantity) as Quantity, disposition });
  }
  return { lines: [...merged.values()], excesses };
}

/** More than the order can give up. */
function excess({ id: orderId }: Order, kind: ReversalKind, excesses: readonly Excess[]): Failure | undefined {
  if (excesses.length === 0) return undefined;
  return { code: kind === "CANCELLATION" ? "more_than_sold" : "more_than_shipped", orderId, excesses };
}

function tooMuch({ levels }: Snapshot, lines: readonly ReversalLine[]): Failure | undefined {
  const full = lines.find(({ sku, locationId, quantity, disposition }) => {
    const { totalStock = 0 } = levels.get(levelKey(sku, locationId)) ?? {};
    return isKept(disposition) && totalStock + quantity > limits.totalStockMax;
  });
  return full && { code: "stock_limit_exceeded", sku: full.sku, locationId: full.locationId };
}

function isKept(disposition: Disposition): boolean {
  return disposition === "RESTOCK" || disposition === "UNSELLABLE";
}

/** A level that counts fewer sold units than the order gives up: somebody has edited it. */
function unsold(snapshot: Snapshot, lines: readonly ReversalLine[]): Failure | undefined {
  const cancelled = lines.filter(({ disposition }) => disposition === "CANCELLED");
  return notThere(snapshot, cancelled, ({ committedStock }) => committedStock);
}

/** What the order's own prices say that units cost: no more than its total, so it is exact. */
function worthOf(order: Order, lines: readonly ReversalLine[]): number {
  return placedLines(order).reduce((sum, line) => sum + line.unitPrice.amount * unitsAt(lines, line), 0);
}
