import type { Claim } from "../claim.ts";
import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, Instant, Quantity, ReceiptId, Sku, TransferId } from "../ids.ts";
import { notThere } from "../not-there.ts";
import { overfull } from "../overfull.ts";
import type { Condition, Receipt, ReceiptLine } from "../receipt.ts";
import { unitsOf } from "../reversal.ts";
import type { Snapshot } from "../snapshot.ts";
import { incomingIn } from "../stock-level.ts";
import type { Transfer } from "../transfer.ts";
import { levelsOf, openLinesOf, openUnits } from "../transfer-units.ts";

/** Units that have arrived, and in which condition. */
export interface ArrivedLine {
  readonly sku: Sku;
  readonly quantity: Quantity;
  readonly condition: Condition;
}

/** Units of a transfer arrive. */
export interface ReceiveTransfer {
  readonly type: "ReceiveTransfer";
  readonly actor: Actor;
  readonly receiptId: ReceiptId;
  readonly transferId: TransferId;
  /** Left out: all that is on its way, to be sold. */
  readonly lines?: readonly ArrivedLine[];
  readonly reference?: string;
  readonly claim?: Claim;
}

/** What is on its way may arrive, whole or in part, and never more of it; also at a place that was closed meanwhile. */
export const receiveTransfer: CommandModule<ReceiveTransfer, "receipts"> = {
  reads: ({ transferId }) => ({ transfers: [transferId] }),
  leadsTo: ({ transferId }, { transfers }) => levelsOf(transfers.get(transferId)),
  subject: { of: "receipts", keyOf: ({ receiptId }) => receiptId },
  decide,
};

function decide(snapshot: Snapshot, command: ReceiveTransfer, now: Instant): Decision {
  const { transferId, receiptId, actor, reference, claim } = command;
  const transfer = snapshot.transfers.get(transferId);
  if (transfer === undefined) return refuse({ code: "transfer_not_found", transferId });
  const { status, toLocationId: locationId } = transfer;
  if (status !== "IN_TRANSIT") return refuse({ code: "transfer_not_in_transit", transferId, status });
  const lines = linesOf(transfer, command);
  const excesses = [...new Set(lines.map(({ sku }) => sku))].flatMap((sku) => {
    const line = transfer.lines.find((each) => each.sku === sku);
    const [requested, open] = [unitsOf(lines, sku), line === undefined ? 0 : openUnits(line)];
    return requested > open ? [{ sku, locationId, requested, open }] : [];
  });
  if (excesses.length > 0) return refuse({ code: "more_than_in_transit", transferId, excesses });
  const merged = mergedBySku(lines);
  const failure = overfull(snapshot, merged, ({ totalStock }) => totalStock) ?? notThere(snapshot, merged, incomingIn);
  if (failure !== undefined) return refuse(failure);
  const left = openLinesOf(transfer).reduce((sum, { quantity }) => sum + quantity, 0);
  const arriving = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const receipt: Receipt = {
    id: receiptId,
    transferId,
    lines,
    ...(reference === undefined ? {} : { reference }),
    transferStatus: arriving === left ? "RECEIVED" : "IN_TRANSIT",
    actor,
    at: now,
    ...(claim && { claim }),
  };
  return accept({ type: "TransferReceived", actor, receipt });
}

/** One line a SKU and condition. */
function linesOf(transfer: Transfer, { lines }: ReceiveTransfer): ReceiptLine[] {
  const asked = lines ?? openLinesOf(transfer).map((line) => ({ ...line, condition: "SELLABLE" as const }));
  const merged = new Map<string, ReceiptLine>();
  for (const { sku, quantity, condition } of asked) {
    const key = `${condition} ${sku}`;
    const before = merged.get(key)?.quantity ?? 0;
    merged.set(key, {
      sku,
      locationId: transfer.toLocationId,
      quantity: (before + quantity) as Quantity,
      condition,
    });
  }
  return [...merged.values()];
}

/** One line a SKU, in whatever condition. */
function mergedBySku(lines: readonly ReceiptLine[]) {
  return [...new Map(lines.map((line) => [line.sku, line])).values()].map(({ sku, locationId }) => ({
    sku,
    locationId,
    quantity: unitsOf(lines, sku) as Quantity,
  }));
}
