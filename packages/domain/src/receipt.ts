import { assert } from "./bug.ts";
import type { Claim } from "./claim.ts";
import { entity } from "./entity-declaration.ts";
import type { EventRow } from "./event-row.ts";
import type { PlacedLine } from "./fulfilment.ts";
import type { Actor, Instant, ReceiptId, TransferId } from "./ids.ts";
import { figuresAfter, type LevelChange, levelKey, noFigures } from "./stock-level.ts";
import { claimIfThere, faultOf, instant, linesAtPlaces, oneOf, text, textIfThere } from "./stored/record-checks.ts";
import { type Transfer, type TransferStatus, transferIn } from "./transfer.ts";
import { lineAfter } from "./transfer-units.ts";

/** How units arrive. `UNSELLABLE`: they are there, and cannot be sold. */
export const conditions = ["SELLABLE", "UNSELLABLE"] as const;
export type Condition = (typeof conditions)[number];

export interface ReceiptLine extends PlacedLine {
  readonly condition: Condition;
}

/** Units of a transfer that have arrived. Never edited: a mistake is mended by an adjustment. */
export interface Receipt {
  readonly id: ReceiptId;
  readonly transferId: TransferId;
  readonly lines: readonly ReceiptLine[];
  /** The shop's own id for it: a delivery note. */
  readonly reference?: string;
  /** What the transfer was right after it. */
  readonly transferStatus: Extract<TransferStatus, "IN_TRANSIT" | "RECEIVED">;
  readonly actor: Actor;
  readonly at: Instant;
  readonly claim?: Claim;
}

const fault = faultOf<Receipt>("a receipt", {
  id: text,
  transferId: text,
  lines: linesAtPlaces,
  reference: textIfThere,
  transferStatus: oneOf("IN_TRANSIT", "RECEIVED"),
  actor: text,
  at: instant,
  claim: claimIfThere,
});

/** Units of a transfer have arrived, all that are on their way or some. */
export interface TransferReceived {
  readonly type: "TransferReceived";
  readonly actor: Actor;
  readonly receipt: Receipt;
}

const transferReceived: EventRow<TransferReceived> = {
  changes: (snapshot, { receipt }) => {
    assert(!snapshot.receipts.has(receipt.id), `${receipt.id} was made twice`);
    const transfer = transferIn(snapshot, receipt.transferId, "IN_TRANSIT");
    return { transfers: [receivedBy(transfer, receipt)], receipts: [receipt] };
  },
  moves: ({ receipt: { lines } }) => movesOf(lines),
  cause: ({ actor, receipt: { id, transferId, reference } }) => ({
    reason: "transfer_received",
    actor,
    transferId,
    receiptId: id,
    ...(reference === undefined ? {} : { reference }),
  }),
  fault: ({ receipt }) => fault(receipt),
};

function receivedBy(transfer: Transfer, { lines, transferStatus, at }: Receipt): Transfer {
  const after = transfer.lines.map((line) => {
    const units = lines.reduce((sum, { sku, quantity }) => (sku === line.sku ? sum + quantity : sum), 0);
    return units === 0 ? line : lineAfter(line, { receivedQuantity: (line.receivedQuantity ?? 0) + units });
  });
  return {
    ...transfer,
    version: transfer.version + 1,
    status: transferStatus,
    lines: after,
    ...(transferStatus === "RECEIVED" && { endedAt: at }),
  };
}

/** One movement of each level, in whatever condition its units arrive. */
function movesOf(lines: readonly ReceiptLine[]): LevelChange[] {
  const moves = new Map<string, LevelChange>();
  for (const { sku, locationId, quantity, condition } of lines) {
    const key = levelKey(sku, locationId);
    const before = moves.get(key) ?? { sku, locationId, ...noFigures };
    const more = {
      ...noFigures,
      totalStock: quantity,
      incomingStock: -quantity,
      ...(condition === "UNSELLABLE" && { unsellableStock: quantity }),
    };
    moves.set(key, { ...before, ...figuresAfter(before, more) });
  }
  return [...moves.values()];
}

export const receipts = entity<Receipt>()({
  kind: "receipt",
  key: ["id"],
  guards: [],
  fault,
  searched: { transferId: ({ transferId }) => transferId },
  listedBy: ["transferId"],
  searchedParts: {
    lines: ({ lines }) =>
      lines.map(({ sku, locationId, quantity, condition }) => ({ sku, locationId, quantity, condition })),
  },
  contributes: {
    levels: {
      each: "lines",
      units: "quantity",
      statusIn: "condition",
      byStatus: {
        SELLABLE: { totalStock: 1, incomingStock: -1, arrivedUnits: 1 },
        UNSELLABLE: { totalStock: 1, unsellableStock: 1, incomingStock: -1, arrivedUnits: 1 },
      },
    },
  },
  events: { TransferReceived: transferReceived },
});
