import type { Instant } from "../ids.ts";
import type { JournalEntry } from "../journal.ts";
import type { JournalRecord } from "../journal-record.ts";
import { type Fields, isFields, isInstant, isText, mustBeInstant, mustBeText } from "./field-checks.ts";
import { adjustmentFault } from "./read-adjustment.ts";
import { correctionFault } from "./read-correction.ts";
import { levelFault } from "./read-level.ts";
import { linesFault, paymentFault } from "./read-order.ts";
import { type Read, Unreadable } from "./unreadable.ts";

type Fault = (record: Fields) => string | undefined;

/** An order's event, with what it says beside its lines. */
const orderEvent =
  (...more: readonly Fault[]): Fault =>
  (record) => {
    if (!isText(record["orderId"])) return `orderId ${mustBeText}`;
    if (!isText(record["locationId"])) return `locationId ${mustBeText}`;
    const lines = linesFault(record["lines"], false);
    if (lines !== undefined) return lines;
    for (const fault of more) {
      const found = fault(record);
      if (found !== undefined) return found;
    }
    return undefined;
  };

const at: Fault = (record) => (isInstant(record["at"]) ? undefined : `at ${mustBeInstant}`);
const payment: Fault = (record) => paymentFault(record["payment"]);

/** Every event that there is, with what its record has to say. One that is not here was written by a later version. */
const faults: Readonly<Record<JournalRecord["type"], Fault>> = {
  ProductCreated: ({ sku }) => (isText(sku) ? undefined : `sku ${mustBeText}`),
  StockAdjusted: ({ adjustment }) => adjustmentFault(adjustment),
  StockCorrected: ({ correction }) => correctionFault(correction),
  OrderPlaced: orderEvent(),
  OrderConfirmed: orderEvent(payment),
  OrderCancelled: orderEvent(at),
  OrderExpired: orderEvent(at),
  LatePaymentAccepted: orderEvent(payment),
  LatePaymentRefused: orderEvent(payment),
  LatePaymentReferred: orderEvent(payment),
  LatePaymentApproved: orderEvent(payment, at),
  LatePaymentRejected: orderEvent(payment),
  ExpiredOrderCancelled: orderEvent(at),
  SurplusPaymentRecorded: orderEvent(payment),
  PaymentRefunded: orderEvent(payment),
};
const faultOf: ReadonlyMap<unknown, Fault> = new Map(Object.entries(faults));

/** A stored journal entry, by its id. */
export function readJournalEntry(id: string, stored: unknown): Read<JournalEntry> {
  const fault = entryFault(id, stored);
  return fault === undefined ? (stored as JournalEntry) : new Unreadable("journal_entry", id, fault);
}

function entryFault(id: string, entry: unknown): string | undefined {
  if (!isFields(entry)) return "must be a journal entry";
  if (entry["id"] !== id) return "id must be that of its key";
  if (!isInstant(entry["at"])) return `at ${mustBeInstant}`;
  const { records, levelsBefore } = entry;
  if (!Array.isArray(records) || records.length === 0) return "records must be a list of at least one";
  if (!Array.isArray(levelsBefore)) return "levelsBefore must be a list";
  for (const record of records as readonly unknown[]) {
    const fault = recordFault(record);
    if (fault !== undefined) return `records: ${fault}`;
  }
  for (const level of levelsBefore as readonly unknown[]) {
    const fault = levelFault(level);
    if (fault !== undefined) return `levelsBefore: ${fault}`;
  }
  return undefined;
}

function recordFault(record: unknown): string | undefined {
  if (!isFields(record)) return "must be events";
  if (!isText(record["actor"])) return `actor ${mustBeText}`;
  const fault = faultOf.get(record["type"]);
  return fault === undefined ? "type must be one of those there are" : fault(record);
}

/** When an entry was written, as far as it says; the end of time where it does not, which is where it is listed then. */
export function instantOfEntry(stored: unknown): Instant {
  const when = isFields(stored) ? stored["at"] : undefined;
  return isInstant(when) ? when : (Number.MAX_SAFE_INTEGER as Instant);
}
