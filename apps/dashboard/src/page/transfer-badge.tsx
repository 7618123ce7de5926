import type { Transfer } from "./api-types.ts";

type Status = Transfer["status"];

/** What each state of a transfer is called. */
export const transferTexts: Readonly<Record<Status, string>> = {
  PENDING: "To be shipped",
  IN_TRANSIT: "On its way",
  RECEIVED: "Received",
  CLOSED: "Closed short",
  CANCELLED: "Cancelled",
};

interface TransferBadgeProps {
  readonly transfer: Transfer;
  /** The server's time. */
  readonly now: number;
}

/** How far a transfer is, and whether it should have arrived by now. */
export function TransferBadge({ transfer: { status, expectedAt }, now }: TransferBadgeProps) {
  const isOpen = status === "PENDING" || status === "IN_TRANSIT";
  return (
    <span class="badges">
      <span class={`badge ${status.toLowerCase()}`}>{transferTexts[status]}</span>
      {isOpen && expectedAt !== undefined && Date.parse(expectedAt) < now && <span class="badge late">late</span>}
    </span>
  );
}
