import type { CancelTransfer } from "../commands/cancel-transfer.ts";
import type { CloseTransfer } from "../commands/close-transfer.ts";
import type { CreateTransfer } from "../commands/create-transfer.ts";
import type { ReceiveTransfer } from "../commands/receive-transfer.ts";
import type { ShipTransfer } from "../commands/ship-transfer.ts";
import type { LocationId, Quantity, Sku } from "../ids.ts";
import type { Condition } from "../receipt.ts";
import { actor, receiptId, transferId } from "./names.ts";

/** Sets `{ tea: 2 }` aside at one place, to be sent to another. */
export function send(
  name: string,
  from: string,
  to: string,
  cart: Readonly<Record<string, number>>,
  more: Partial<Pick<CreateTransfer, "claim" | "reference" | "note" | "expectedAt">> = {},
): CreateTransfer {
  return { ...buy(name, to, cart, more), fromLocationId: from as LocationId };
}

/** `{ tea: 2 }` is expected from a supplier. */
export function buy(
  name: string,
  to: string,
  cart: Readonly<Record<string, number>>,
  more: Partial<Pick<CreateTransfer, "claim" | "reference" | "note" | "expectedAt">> = {},
): CreateTransfer {
  const lines = Object.entries(cart).map(([sku, quantity]) => ({ sku: sku as Sku, quantity: quantity as Quantity }));
  return {
    type: "CreateTransfer",
    actor,
    transferId: transferId(name),
    toLocationId: to as LocationId,
    lines,
    ...more,
  };
}

export function ship(name: string): ShipTransfer {
  return { type: "ShipTransfer", actor, transferId: transferId(name) };
}

/** `{ tea: 2 }` of a transfer arrives, to be sold unless said otherwise; left out, all that is on its way. */
export function receive(
  name: string,
  transfer: string,
  cart?: Readonly<Record<string, number>>,
  more: Pick<ReceiveTransfer, "claim" | "reference"> & { readonly condition?: Condition } = {},
): ReceiveTransfer {
  const { condition = "SELLABLE", ...rest } = more;
  const lines = Object.entries(cart ?? {}).map(([sku, quantity]) => ({
    sku: sku as Sku,
    quantity: quantity as Quantity,
    condition,
  }));
  return {
    type: "ReceiveTransfer",
    actor,
    receiptId: receiptId(name),
    transferId: transferId(transfer),
    ...(cart && { lines }),
    ...rest,
  };
}

/** What of a transfer has not arrived is lost. */
export function closeShort(
  name: string,
  more: Partial<Pick<CloseTransfer, "lossReason" | "note">> = {},
): CloseTransfer {
  return { type: "CloseTransfer", actor, transferId: transferId(name), lossReason: "lost", ...more };
}

export function callOff(name: string): CancelTransfer {
  return { type: "CancelTransfer", actor, transferId: transferId(name) };
}
