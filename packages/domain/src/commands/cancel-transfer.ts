import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, Instant, LocationId, TransferId } from "../ids.ts";
import { notThere } from "../not-there.ts";
import { overfull } from "../overfull.ts";
import type { Snapshot } from "../snapshot.ts";
import { incomingIn } from "../stock-level.ts";
import { levelsOf, openLinesOf } from "../transfer-units.ts";

/** Units of a transfer stay where they are, or are back there. */
export interface CancelTransfer {
  readonly type: "CancelTransfer";
  readonly actor: Actor;
  readonly transferId: TransferId;
}

/**
 * Before it leaves, its units are free again. After that, what has not arrived is at its source once more, or, from a supplier, comes no
 * more. What has arrived stays. Asked again, the answer is the same.
 */
export const cancelTransfer: CommandModule<CancelTransfer, "transfers"> = {
  reads: ({ transferId }) => ({ transfers: [transferId] }),
  leadsTo: ({ transferId }, { transfers }) => levelsOf(transfers.get(transferId)),
  subject: { of: "transfers", keyOf: ({ transferId }) => transferId },
  decide,
};

function decide(snapshot: Snapshot, { transferId, actor }: CancelTransfer, now: Instant): Decision {
  const transfer = snapshot.transfers.get(transferId);
  if (transfer === undefined) return refuse({ code: "transfer_not_found", transferId });
  const { status, fromLocationId, toLocationId } = transfer;
  if (status === "CANCELLED") return accept();
  if (status !== "PENDING" && status !== "IN_TRANSIT") {
    return refuse({ code: "transfer_not_cancellable", transferId, status });
  }
  const lines = openLinesOf(transfer);
  const at = (locationId: LocationId | undefined) =>
    locationId === undefined ? [] : lines.map((line) => ({ ...line, locationId }));
  const failure =
    status === "PENDING"
      ? notThere(snapshot, at(fromLocationId), ({ reservedStock }) => reservedStock)
      : (overfull(snapshot, at(fromLocationId), ({ totalStock }) => totalStock) ??
        notThere(snapshot, at(toLocationId), incomingIn));
  if (failure !== undefined) return refuse(failure);
  return accept({
    type: "TransferCancelled",
    actor,
    transferId,
    ...(fromLocationId !== undefined && { fromLocationId }),
    toLocationId,
    lines,
    at: now,
    wasInTransit: status === "IN_TRANSIT",
  });
}
