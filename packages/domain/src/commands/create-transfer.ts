import { mergeLines, type StockLine, shortfalls } from "../cart.ts";
import type { Claim } from "../claim.ts";
import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, Instant, LocationId, TransferId } from "../ids.ts";
import { overfull } from "../overfull.ts";
import type { Snapshot } from "../snapshot.ts";
import { incomingIn, levelKey } from "../stock-level.ts";
import { asCreated, type Transfer } from "../transfer.ts";

/** Sets units aside to send them to another place, or announces what a supplier will send. */
export interface CreateTransfer {
  readonly type: "CreateTransfer";
  readonly actor: Actor;
  readonly transferId: TransferId;
  /** Left out: from a supplier, and under way at once. */
  readonly fromLocationId?: LocationId;
  readonly toLocationId: LocationId;
  readonly lines: readonly StockLine[];
  readonly expectedAt?: Instant;
  readonly reference?: string;
  readonly note?: string;
  readonly claim?: Claim;
}

/**
 * What is sent must be available at its source, all of it or none. A closed place is no target; it may be a source, so that it can be
 * emptied. An archived product may be sent as any other.
 */
export const createTransfer: CommandModule<CreateTransfer, "transfers"> = {
  reads: ({ fromLocationId, toLocationId, lines }) => {
    const places = fromLocationId === undefined ? [toLocationId] : [fromLocationId, toLocationId];
    return {
      products: lines.map(({ sku }) => sku),
      locations: places,
      levels: lines.flatMap(({ sku }) => places.map((place) => levelKey(sku, place))),
    };
  },
  subject: { of: "transfers", keyOf: ({ transferId }) => transferId },
  firstAnswer: asCreated,
  decide,
};

function decide(snapshot: Snapshot, command: CreateTransfer, now: Instant): Decision {
  const { type: _type, transferId, actor, fromLocationId, toLocationId, ...asked } = command;
  const lines = mergeLines(command.lines);
  const failure = unknown(snapshot, command, lines) ?? unsendable(snapshot, command, lines);
  if (failure !== undefined) return refuse(failure);
  const places = { ...(fromLocationId !== undefined && { fromLocationId }), toLocationId };
  const transfer: Transfer = {
    id: transferId,
    version: 1,
    status: fromLocationId === undefined ? "IN_TRANSIT" : "PENDING",
    ...asked,
    ...places,
    lines,
    actor,
    createdAt: now,
  };
  return accept({ type: "TransferCreated", actor, transferId, ...places, lines, transfer });
}

function unknown(
  { products, locations }: Snapshot,
  { fromLocationId, toLocationId }: CreateTransfer,
  lines: readonly StockLine[],
) {
  const skus = lines.map(({ sku }) => sku).filter((sku) => !products.has(sku));
  if (skus.length > 0) return { code: "product_not_found", skus } as const;
  const places = fromLocationId === undefined ? [toLocationId] : [fromLocationId, toLocationId];
  const locationIds = places.filter((place) => !locations.has(place));
  if (locationIds.length > 0) return { code: "location_not_found", locationIds } as const;
  if (locations.get(toLocationId)?.active === false)
    return { code: "location_inactive", locationIds: [toLocationId] } as const;
  return undefined;
}

function unsendable(snapshot: Snapshot, { fromLocationId, toLocationId }: CreateTransfer, lines: readonly StockLine[]) {
  if (fromLocationId === toLocationId) return { code: "same_location", locationId: toLocationId } as const;
  if (fromLocationId === undefined) {
    return overfull(
      snapshot,
      lines.map((line) => ({ ...line, locationId: toLocationId })),
      incomingIn,
    );
  }
  const cart = { locationId: fromLocationId, lines };
  const short = shortfalls(cart, (sku, place) => snapshot.levels.get(levelKey(sku, place)));
  return short.length === 0 ? undefined : ({ code: "insufficient_stock", shortfalls: short } as const);
}
