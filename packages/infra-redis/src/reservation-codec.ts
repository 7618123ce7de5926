import {
  type CustomerId,
  isInstant,
  isInteger,
  type LocationId,
  type OrderId,
  type Quantity,
  type ReservationId,
  type Sku,
  type StockLine,
} from "@holdfast/domain";
import type { ReservationRecord } from "@holdfast/engine";

/** A live reservation as the text that Redis keeps. */
export function encodeReservation(record: ReservationRecord): string {
  return JSON.stringify(record);
}

/**
 * Reads a live reservation, or `undefined` for anything else: the mark of a dropped reservation, another version's shape, a value
 * written by hand. Checks every field, because the answer goes to shoppers.
 */
export function decodeReservation(id: ReservationId, text: string): ReservationRecord | undefined {
  const value = parse(text);
  if (!isRecord(value) || value["id"] !== id || value["status"] !== "ACTIVE") return undefined;
  const { expiresAt, orderId, customerId, locationId } = value;
  const lines = decodeLines(value["lines"]);
  if (!isInstant(expiresAt) || lines === undefined) return undefined;
  if (typeof orderId !== "string" || (locationId !== undefined && typeof locationId !== "string")) return undefined;
  if (locationId === undefined && lines.some((line) => line.locationId === undefined)) return undefined;
  if (customerId !== undefined && typeof customerId !== "string") return undefined;
  return {
    id,
    status: "ACTIVE",
    expiresAt,
    orderId: orderId as OrderId,
    ...(customerId === undefined ? {} : { customerId: customerId as CustomerId }),
    ...(locationId !== undefined && { locationId: locationId as LocationId }),
    lines,
  };
}

function decodeLines(value: unknown): StockLine[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const lines: StockLine[] = [];
  for (const line of value as readonly unknown[]) {
    if (!isRecord(line)) return undefined;
    const { sku, quantity, locationId } = line;
    if (typeof sku !== "string" || !isInteger(quantity) || quantity < 1) return undefined;
    if (locationId !== undefined && typeof locationId !== "string") return undefined;
    const place = locationId === undefined ? {} : { locationId: locationId as LocationId };
    lines.push({ sku: sku as Sku, ...place, quantity: quantity as Quantity });
  }
  return lines;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
