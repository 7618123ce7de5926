import { assert } from "./bug.ts";
import type { StockLine } from "./cart.ts";
import type { Part } from "./entity-declaration.ts";
import type { LocationId, Quantity, Sku } from "./ids.ts";
import { levelKey } from "./stock-level.ts";
import type { Transfer } from "./transfer.ts";

/** Units of one SKU, and what became of them. What is left out is 0. */
export interface TransferLine extends StockLine {
  readonly receivedQuantity?: number;
  readonly lostQuantity?: number;
  /** That went back to the source, or will never be sent by the supplier. */
  readonly returnedQuantity?: number;
}

/** Throws `Bug` where more units have gone than there were. */
export function lineAfter(line: TransferLine, more: Omit<TransferLine, keyof StockLine>): TransferLine {
  const after = { ...line, ...more };
  assert(openUnits(after) >= 0, `${line.sku}: more arrived or was lost than had left`);
  return after;
}

/** With what is open as lost, or as back. */
export function withRest(line: TransferLine, becomes: "lostQuantity" | "returnedQuantity"): TransferLine {
  const rest = openUnits(line);
  return rest === 0 ? line : { ...line, [becomes]: rest };
}

/** What a part of a transfer is to a level. `HELD`, `SENT`: to its source; `ANNOUNCED`, `COMING`: to its target; `OFF`: nothing, to both. */
export const legStates = ["HELD", "SENT", "ANNOUNCED", "COMING", "OFF"] as const;
export type LegState = (typeof legStates)[number];

/** A transfer's units of one SKU at one of its places. */
export interface Leg extends Part {
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly state: LegState;
  readonly quantity: number;
}

/** Units of a line that are neither received nor lost nor back. */
export function openUnits({
  quantity,
  receivedQuantity = 0,
  lostQuantity = 0,
  returnedQuantity = 0,
}: TransferLine): number {
  return quantity - receivedQuantity - lostQuantity - returnedQuantity;
}

/** What has yet to arrive, or to leave. */
export function openLinesOf({ lines }: Pick<Transfer, "lines">): StockLine[] {
  return lines.flatMap((line) => {
    const quantity = openUnits(line);
    return quantity === 0 ? [] : [{ sku: line.sku, quantity: quantity as Quantity }];
  });
}

/** Whether its units have left, or are the supplier's to send. */
function isOut({ status, fromLocationId, shippedAt }: Transfer): boolean {
  return status !== "PENDING" && (fromLocationId === undefined || shippedAt !== undefined);
}

/** A transfer's units by place: what it is found by, and what it adds to levels. Receipts take what has arrived off what is coming. */
export function legsOf(transfer: Transfer): Leg[] {
  const { fromLocationId: from, toLocationId: to, status } = transfer;
  return transfer.lines.flatMap(({ sku, quantity, lostQuantity = 0, returnedQuantity = 0 }) => {
    const off = { state: "OFF", quantity } as const;
    const leg = (state: LegState, units: number) => (units === 0 ? off : { state, quantity: units });
    const sent = quantity - returnedQuantity;
    const [source, target] = isOut(transfer)
      ? [leg("SENT", sent), leg("COMING", sent - lostQuantity)]
      : status === "PENDING"
        ? [leg("HELD", quantity), leg("ANNOUNCED", quantity)]
        : [off, off];
    const arrival = { sku, locationId: to, ...target };
    return from === undefined ? [arrival] : [{ sku, locationId: from, ...source }, arrival];
  });
}

/** The levels that a transfer's steps move. */
export function levelsOf(transfer: Transfer | undefined): { readonly levels?: readonly string[] } {
  if (transfer === undefined) return {};
  return { levels: legsOf(transfer).map(({ sku, locationId }) => levelKey(sku, locationId)) };
}
