import { assert } from "./bug.ts";
import type { StockLine } from "./cart.ts";
import type { Claim } from "./claim.ts";
import { entity } from "./entity-declaration.ts";
import type { EventRow } from "./event-row.ts";
import type { Actor, Instant, LocationId, TransferId } from "./ids.ts";
import type { Snapshot } from "./snapshot.ts";
import { type LevelChange, noFigures } from "./stock-level.ts";
import {
  boolean,
  type Checks,
  claimIfThere,
  count,
  faultOf,
  ifThere,
  instant,
  oneOf,
  text,
  textIfThere,
  transferLines,
} from "./stored/record-checks.ts";
import { legsOf, type TransferLine, withRest } from "./transfer-units.ts";

/**
 * `PENDING`: reserved at its source, and yet to leave. `IN_TRANSIT`: on its way, some of it may have arrived. Then one end: `RECEIVED`, all of
 * it; `CLOSED`, the rest was lost; `CANCELLED`, the rest stayed or came back.
 */
export const transferStatuses = ["PENDING", "IN_TRANSIT", "RECEIVED", "CLOSED", "CANCELLED"] as const;
export type TransferStatus = (typeof transferStatuses)[number];

/** Why units that were on their way will not arrive. */
export const lossReasons = ["lost", "damaged", "theft", "not_delivered", "other"] as const;
export type LossReason = (typeof lossReasons)[number];

/** Units on their way from one place to another, or from a supplier to a place. */
export interface Transfer {
  readonly id: TransferId;
  /** 1 when created; one more at each step. */
  readonly version: number;
  readonly status: TransferStatus;
  /** Left out: from a supplier. */
  readonly fromLocationId?: LocationId;
  readonly toLocationId: LocationId;
  /** One for each SKU. */
  readonly lines: readonly TransferLine[];
  /** When it should arrive, as far as the shop knows. Nothing follows from it. */
  readonly expectedAt?: Instant;
  /** The shop's own id for it: a purchase order, a delivery note. */
  readonly reference?: string;
  /** A person's own words. */
  readonly note?: string;
  readonly actor: Actor;
  readonly createdAt: Instant;
  readonly shippedAt?: Instant;
  readonly endedAt?: Instant;
  /** Of one that is CLOSED. */
  readonly lossReason?: LossReason;
  readonly claim?: Claim;
}

/** A transfer as it was created. */
export function asCreated(transfer: Transfer): Transfer {
  const { shippedAt: _shipped, endedAt: _ended, lossReason: _reason, ...lasting } = transfer;
  const lines = transfer.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  return { ...lasting, version: 1, status: transfer.fromLocationId === undefined ? "IN_TRANSIT" : "PENDING", lines };
}

const checks: Checks<Transfer> = {
  id: text,
  version: count,
  status: oneOf(...transferStatuses),
  fromLocationId: textIfThere,
  toLocationId: text,
  lines: transferLines,
  expectedAt: ifThere(instant),
  reference: textIfThere,
  note: textIfThere,
  actor: text,
  createdAt: instant,
  shippedAt: ifThere(instant),
  endedAt: ifThere(instant),
  lossReason: ifThere(oneOf(...lossReasons)),
  claim: claimIfThere,
};

/** What every step of a transfer says: between which places, and which units it moves. */
interface TransferEvent {
  readonly actor: Actor;
  readonly transferId: TransferId;
  readonly fromLocationId?: LocationId;
  readonly toLocationId: LocationId;
  readonly lines: readonly StockLine[];
}

export interface TransferCreated extends TransferEvent {
  readonly type: "TransferCreated";
  readonly transfer: Transfer;
}

export interface TransferShipped extends TransferEvent {
  readonly type: "TransferShipped";
  readonly at: Instant;
}

/** What has not arrived by now never will. */
export interface TransferClosed extends TransferEvent {
  readonly type: "TransferClosed";
  readonly at: Instant;
  readonly lossReason: LossReason;
  readonly note?: string;
}

/** What has not arrived stays where it was, or is there again. */
export interface TransferCancelled extends TransferEvent {
  readonly type: "TransferCancelled";
  readonly at: Instant;
  /** Whether it was on its way. */
  readonly wasInTransit: boolean;
}

const eventChecks: Checks<Omit<TransferEvent, "actor">> = {
  transferId: text,
  fromLocationId: textIfThere,
  toLocationId: text,
  lines: transferLines,
};

const what = "an event of a transfer";
const stepChecks: Checks<Omit<TransferShipped, "actor" | "type">> = { ...eventChecks, at: instant };

/** The transfer that a step is of. Throws `Bug` where it is in no state for it. */
export function transferIn({ transfers }: Snapshot, id: TransferId, ...statuses: readonly TransferStatus[]): Transfer {
  const transfer = transfers.get(id);
  assert(transfer !== undefined && statuses.includes(transfer.status), `${id} is ${transfer?.status ?? "no transfer"}`);
  return transfer;
}

function movesAt(
  locationId: LocationId | undefined,
  lines: readonly StockLine[],
  changeOf: (quantity: number) => Partial<LevelChange>,
): LevelChange[] {
  if (locationId === undefined) return [];
  return lines.map(({ sku, quantity }) => ({ sku, locationId, ...noFigures, ...changeOf(quantity) }));
}

function causeOf(reason: string) {
  return ({ actor, transferId }: TransferEvent) => ({ reason, actor, transferId });
}

const transferCreated: EventRow<TransferCreated, "transfer"> = {
  leftOut: "transfer",
  changes: ({ transfers: there }, { transfer }) => {
    assert(!there.has(transfer.id), `${transfer.id} was made twice`);
    return { transfers: [transfer] };
  },
  moves: ({ fromLocationId, toLocationId, lines }) =>
    fromLocationId === undefined
      ? movesAt(toLocationId, lines, (units) => ({ incomingStock: units }))
      : movesAt(fromLocationId, lines, (units) => ({ reservedStock: units })),
  cause: causeOf("transfer_created"),
  fault: faultOf(what, eventChecks),
};

const transferShipped: EventRow<TransferShipped> = {
  changes: (snapshot, { transferId, at }) => {
    const transfer = transferIn(snapshot, transferId, "PENDING");
    return { transfers: [{ ...transfer, version: transfer.version + 1, status: "IN_TRANSIT", shippedAt: at }] };
  },
  moves: ({ fromLocationId, toLocationId, lines }) => [
    ...movesAt(fromLocationId, lines, (units) => ({ totalStock: -units, reservedStock: -units })),
    ...movesAt(toLocationId, lines, (units) => ({ incomingStock: units })),
  ],
  cause: causeOf("transfer_shipped"),
  fault: faultOf(what, stepChecks),
};

const transferClosed: EventRow<TransferClosed> = {
  changes: (snapshot, { transferId, at, lossReason }) => {
    const transfer = transferIn(snapshot, transferId, "IN_TRANSIT");
    const lines = transfer.lines.map((line) => withRest(line, "lostQuantity"));
    const closed = { version: transfer.version + 1, status: "CLOSED", endedAt: at, lossReason, lines } as const;
    return { transfers: [{ ...transfer, ...closed }] };
  },
  moves: ({ toLocationId, lines }) => movesAt(toLocationId, lines, (units) => ({ incomingStock: -units })),
  cause: ({ note, ...event }) => ({ ...causeOf("transfer_closed")(event), ...(note === undefined ? {} : { note }) }),
  fault: faultOf<Omit<TransferClosed, "actor" | "type">>(what, {
    ...stepChecks,
    lossReason: oneOf(...lossReasons),
    note: textIfThere,
  }),
};

const transferCancelled: EventRow<TransferCancelled> = {
  changes: (snapshot, { transferId, at, wasInTransit }) => {
    const transfer = transferIn(snapshot, transferId, wasInTransit ? "IN_TRANSIT" : "PENDING");
    const lines = transfer.lines.map((line) => withRest(line, "returnedQuantity"));
    return {
      transfers: [{ ...transfer, version: transfer.version + 1, status: "CANCELLED", endedAt: at, lines }],
    };
  },
  moves: ({ fromLocationId, toLocationId, lines, wasInTransit }) =>
    wasInTransit
      ? [
          ...movesAt(toLocationId, lines, (units) => ({ incomingStock: -units })),
          ...movesAt(fromLocationId, lines, (units) => ({ totalStock: units })),
        ]
      : movesAt(fromLocationId, lines, (units) => ({ reservedStock: -units })),
  cause: causeOf("transfer_cancelled"),
  fault: faultOf<Omit<TransferCancelled, "actor" | "type">>(what, { ...stepChecks, wasInTransit: boolean }),
};

export const transfers = entity<Transfer>()({
  kind: "transfer",
  key: ["id"],
  guards: ["version"],
  fault: faultOf<Transfer>("a transfer", checks),
  searched: { status: ({ status }) => status },
  listedBy: ["status"],
  searchedParts: { legs: legsOf },
  contributes: {
    levels: {
      each: "legs",
      units: "quantity",
      statusIn: "state",
      byStatus: {
        HELD: { reservedStock: 1, awaitingUnits: 1 },
        SENT: { totalStock: -1, sentUnits: 1 },
        COMING: { incomingStock: 1 },
      },
      open: ["HELD"],
    },
  },
  events: {
    TransferCreated: transferCreated,
    TransferShipped: transferShipped,
    TransferClosed: transferClosed,
    TransferCancelled: transferCancelled,
  },
});
