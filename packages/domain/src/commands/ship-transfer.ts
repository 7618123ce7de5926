import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Failure } from "../failures.ts";
import type { PlacedLine } from "../fulfilment.ts";
import type { Actor, Instant, LocationId, TransferId } from "../ids.ts";
import { notThere } from "../not-there.ts";
import { overfull } from "../overfull.ts";
import type { Snapshot } from "../snapshot.ts";
import { incomingIn, levelKey, sellableStock, shortStock } from "../stock-level.ts";
import { levelsOf, openLinesOf } from "../transfer-units.ts";

/** A transfer leaves its source. */
export interface ShipTransfer {
  readonly type: "ShipTransfer";
  readonly actor: Actor;
  readonly transferId: TransferId;
}

/**
 * All of it leaves at once, and it can leave once: asked again, the answer is the same. A level that has promised more than is there
 * sends nothing elsewhere: what is left belongs to who has ordered it.
 */
export const shipTransfer: CommandModule<ShipTransfer, "transfers"> = {
  reads: ({ transferId }) => ({ transfers: [transferId] }),
  leadsTo: ({ transferId }, { transfers }) => levelsOf(transfers.get(transferId)),
  subject: { of: "transfers", keyOf: ({ transferId }) => transferId },
  decide,
};

function decide(snapshot: Snapshot, { transferId, actor }: ShipTransfer, now: Instant): Decision {
  const transfer = snapshot.transfers.get(transferId);
  if (transfer === undefined) return refuse({ code: "transfer_not_found", transferId });
  const { status, fromLocationId, toLocationId, shippedAt } = transfer;
  if (shippedAt !== undefined && status !== "CANCELLED") return accept();
  if (fromLocationId === undefined || status !== "PENDING") {
    return refuse({ code: "transfer_not_shippable", transferId, status });
  }
  const lines = openLinesOf(transfer);
  const at = (locationId: LocationId) => lines.map((line) => ({ ...line, locationId }));
  const failure =
    notThere(snapshot, at(fromLocationId), sellableStock, ({ reservedStock }) => reservedStock) ??
    promised(snapshot, at(fromLocationId)) ??
    overfull(snapshot, at(toLocationId), incomingIn);
  if (failure !== undefined) return refuse(failure);
  return accept({ type: "TransferShipped", actor, transferId, fromLocationId, toLocationId, lines, at: now });
}

function promised({ levels }: Snapshot, lines: readonly PlacedLine[]): Failure | undefined {
  for (const { sku, locationId, quantity: requested } of lines) {
    const level = levels.get(levelKey(sku, locationId));
    const short = level === undefined ? 0 : shortStock(level);
    if (short > 0) return { code: "stock_promised", sku, locationId, requested, available: requested - short };
  }
  return undefined;
}
