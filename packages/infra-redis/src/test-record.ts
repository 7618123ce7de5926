import type {
  CustomerId,
  Instant,
  LocationId,
  OrderId,
  Quantity,
  ReservationId,
  ReservationStatus,
  Sku,
} from "@holdfast/domain";
import type { ReservationRecord } from "@holdfast/engine";

/** For tests: a live reservation by a short name. */
export function record(
  name: string,
  { expiresAt, status = "ACTIVE" }: { readonly expiresAt: number; readonly status?: ReservationStatus },
): ReservationRecord {
  return {
    id: `res_${name}` as ReservationId,
    status,
    expiresAt: expiresAt as Instant,
    orderId: `ord_${name}` as OrderId,
    customerId: "ann" as CustomerId,
    locationId: "main" as LocationId,
    lines: [{ sku: "mug" as Sku, quantity: 2 as Quantity }],
  };
}
