import { assert } from "./bug.ts";
import type { Claim } from "./claim.ts";
import { entity } from "./entity-declaration.ts";
import type { EventRow } from "./event-row.ts";
import type { PlacedLine } from "./fulfilment.ts";
import type { Actor, Instant, OrderId, ReversalId } from "./ids.ts";
import { fulfilmentStatusOf, type Order, type OrderLine, openQuantity, outsideQuantity } from "./order.ts";
import { placeOf } from "./order-places.ts";
import {
  figuresAfter,
  type LevelChange,
  type LevelName,
  levelKey,
  noFigures,
  type StockFigures,
} from "./stock-level.ts";
import {
  claimIfThere,
  count,
  faultOf,
  instant,
  linesAtPlaces,
  oneOf,
  text,
  textIfThere,
} from "./stored/record-checks.ts";

/** What becomes of units that came back. `RESTOCK`: they can be sold again. `UNSELLABLE`: they are there, and cannot. `DISCARD`: they are gone. */
export const returnDispositions = ["RESTOCK", "UNSELLABLE", "DISCARD"] as const;

/** What becomes of units that a sale gives up. `CANCELLED`: they never left, and can be sold again. */
export const dispositions = ["CANCELLED", ...returnDispositions] as const;
export type Disposition = (typeof dispositions)[number];

export const reversalKinds = ["CANCELLATION", "RETURN"] as const;

/** `CANCELLATION`: before the units left. `RETURN`: after that. */
export type ReversalKind = (typeof reversalKinds)[number];

export interface ReversalLine extends PlacedLine {
  readonly disposition: Disposition;
}

/** Units that a paid order gives up again, and the money that is due back for them. Never edited. */
export interface Reversal {
  readonly id: ReversalId;
  readonly orderId: OrderId;
  readonly kind: ReversalKind;
  readonly lines: readonly ReversalLine[];
  /** Minor units of the order's currency that are due back for it. 0: none are. */
  readonly refundDue: number;
  /** The shop's own id for it: a ticket, a return slip. */
  readonly reference?: string;
  readonly actor: Actor;
  readonly at: Instant;
  readonly claim?: Claim;
}

const fault = faultOf<Reversal>("a reversal", {
  id: text,
  orderId: text,
  kind: oneOf(...reversalKinds),
  lines: linesAtPlaces,
  refundDue: count,
  reference: textIfThere,
  actor: text,
  at: instant,
  claim: claimIfThere,
});

/** Units of a sold order were cancelled, or came back. */
export interface SaleReversed {
  readonly type: "SaleReversed";
  readonly actor: Actor;
  readonly reversal: Reversal;
}

const saleReversed: EventRow<SaleReversed> = {
  changes: ({ orders, reversals }, { reversal }) => {
    const order = orders.get(reversal.orderId);
    assert(order !== undefined, `SaleReversed: there is no order ${reversal.orderId}`);
    assert(!reversals.has(reversal.id), `${reversal.id} was made twice`);
    return { orders: [reversedBy(order, reversal)], reversals: [reversal] };
  },
  moves: ({ reversal: { lines } }) => movesOf(lines),
  cause: ({ actor, reversal: { id, orderId, kind, reference } }) => ({
    reason: kind === "CANCELLATION" ? "sale_cancelled" : "returned",
    actor,
    orderId,
    reversalId: id,
    ...(reference === undefined ? {} : { reference }),
  }),
  fault: ({ reversal }) => fault(reversal),
};

/** One movement of each level, whatever becomes of its units. What is discarded was gone before. */
function movesOf(lines: readonly ReversalLine[]): LevelChange[] {
  const moves = new Map<string, LevelChange>();
  for (const { sku, locationId, quantity, disposition } of lines) {
    if (disposition === "DISCARD") continue;
    const key = levelKey(sku, locationId);
    const before = moves.get(key) ?? { sku, locationId, ...noFigures };
    moves.set(key, { ...before, ...figuresAfter(before, figuresBy(disposition, quantity)) });
  }
  return [...moves.values()];
}

function figuresBy(disposition: Exclude<Disposition, "DISCARD">, quantity: number): StockFigures {
  if (disposition === "CANCELLED") return { ...noFigures, committedStock: -quantity };
  if (disposition === "RESTOCK") return { ...noFigures, totalStock: quantity };
  return { ...noFigures, totalStock: quantity, unsellableStock: quantity };
}

/** An order after a reversal. Throws `Bug` where it gives up more than it has. */
function reversedBy(order: Order, { kind, lines, refundDue }: Reversal): Order {
  assert(order.status === "CONFIRMED", `SaleReversed: ${order.id} is ${order.status}`);
  const after = order.lines.map((line) => {
    const units = unitsAt(lines, { sku: line.sku, locationId: placeOf(line, order) });
    return units === 0 ? line : lineAfter(line, kind, units);
  });
  return {
    ...order,
    version: order.version + 1,
    lines: after,
    ...(order.fulfilmentStatus !== undefined && { fulfilmentStatus: fulfilmentStatusOf(after) }),
    ...(refundDue > 0 && { refundDue: (order.refundDue ?? 0) + refundDue }),
  };
}

function lineAfter(line: OrderLine, kind: ReversalKind, units: number): OrderLine {
  const { cancelledQuantity = 0, returnedQuantity = 0 } = line;
  const most = kind === "CANCELLATION" ? openQuantity(line) : outsideQuantity(line);
  assert(units <= most, `${line.sku}: more given up than there was`);
  return kind === "CANCELLATION"
    ? { ...line, cancelledQuantity: cancelledQuantity + units }
    : { ...line, returnedQuantity: returnedQuantity + units };
}

/** Units of a SKU on lines. */
export function unitsOf(lines: readonly PlacedLine[], sku: string): number {
  return lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
}

/** Units of a level on lines. */
export function unitsAt(lines: readonly PlacedLine[], { sku, locationId }: LevelName): number {
  const isOf = (line: PlacedLine) => line.sku === sku && line.locationId === locationId;
  return lines.reduce((sum, line) => (isOf(line) ? sum + line.quantity : sum), 0);
}

export const reversals = entity<Reversal>()({
  kind: "reversal",
  key: ["id"],
  guards: [],
  fault,
  searched: { orderId: ({ orderId }) => orderId },
  listedBy: ["orderId"],
  searchedParts: {
    lines: ({ lines }) =>
      lines.map(({ sku, locationId, quantity, disposition }) => ({ sku, locationId, quantity, disposition })),
  },
  contributes: {
    levels: {
      each: "lines",
      units: "quantity",
      statusIn: "disposition",
      byStatus: {
        CANCELLED: { committedStock: -1, cancelledUnits: 1 },
        RESTOCK: { totalStock: 1, restockedUnits: 1 },
        UNSELLABLE: { totalStock: 1, unsellableStock: 1, restockedUnits: 1 },
      },
    },
  },
  events: { SaleReversed: saleReversed },
});
