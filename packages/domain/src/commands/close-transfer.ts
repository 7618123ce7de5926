import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, Instant, TransferId } from "../ids.ts";
import { notThere } from "../not-there.ts";
import type { Snapshot } from "../snapshot.ts";
import { incomingIn } from "../stock-level.ts";
import type { LossReason } from "../transfer.ts";
import { levelsOf, openLinesOf } from "../transfer-units.ts";

/** What of a transfer has not arrived never will. */
export interface CloseTransfer {
  readonly type: "CloseTransfer";
  readonly actor: Actor;
  readonly transferId: TransferId;
  readonly lossReason: LossReason;
  readonly note?: string;
}

/** A transfer on its way is closed once: asked again, the answer is the same, whatever the reason. */
export const closeTransfer: CommandModule<CloseTransfer, "transfers"> = {
  reads: ({ transferId }) => ({ transfers: [transferId] }),
  leadsTo: ({ transferId }, { transfers }) => levelsOf(transfers.get(transferId)),
  subject: { of: "transfers", keyOf: ({ transferId }) => transferId },
  decide,
};

function decide(snapshot: Snapshot, command: CloseTransfer, now: Instant): Decision {
  const { transferId, actor, lossReason, note } = command;
  const transfer = snapshot.transfers.get(transferId);
  if (transfer === undefined) return refuse({ code: "transfer_not_found", transferId });
  const { status, fromLocationId, toLocationId } = transfer;
  if (status === "CLOSED") return accept();
  if (status !== "IN_TRANSIT") return refuse({ code: "transfer_not_in_transit", transferId, status });
  const lines = openLinesOf(transfer);
  const arriving = lines.map((line) => ({ ...line, locationId: toLocationId }));
  const failure = notThere(snapshot, arriving, incomingIn);
  if (failure !== undefined) return refuse(failure);
  return accept({
    type: "TransferClosed",
    actor,
    transferId,
    ...(fromLocationId !== undefined && { fromLocationId }),
    toLocationId,
    lines,
    at: now,
    lossReason,
    ...(note === undefined ? {} : { note }),
  });
}
