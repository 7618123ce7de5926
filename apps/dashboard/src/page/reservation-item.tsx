import { useState } from "preact/hooks";
import type { ActiveReservation } from "./active-reservations.ts";
import { formatCountdown, secondsLeft, shareLeft } from "./countdown.ts";
import { EntityId } from "./entity-id.tsx";
import { OrderLines } from "./orders.tsx";

/** How a user ends a reservation before it runs out. */
export type Ending = "confirm" | "cancel";

interface ReservationItemProps {
  readonly reservation: ActiveReservation;
  /** The server's time. */
  readonly now: number;
  readonly nameOf: (sku: string) => string;
  readonly away: boolean;
  readonly onEnd: (ending: Ending, orderId: string) => Promise<void>;
}

const soonSeconds = 15;

/** One reservation with its countdown. */
export function ReservationItem({
  reservation: { orderId, lines, since, until },
  now,
  nameOf,
  away,
  onEnd,
}: ReservationItemProps) {
  const [busy, setBusy] = useState(false);
  // At first the server's time is known to half a second only, but it is certain that the reservation has begun.
  const seconds = secondsLeft(until, Math.max(now, since));
  const end = async (ending: Ending) => {
    setBusy(true);
    await onEnd(ending, orderId);
    setBusy(false);
  };
  return (
    <li class={seconds <= soonSeconds ? "reservation soon" : "reservation"}>
      <div class="reservation-head">
        <OrderLines lines={lines.map(({ sku, quantity }) => ({ sku, quantity, name: nameOf(sku) }))} />
        <span class="left" role="timer" aria-label="Time left">
          {seconds > 0 ? formatCountdown(seconds) : "ending …"}
        </span>
      </div>
      <div class="progress" aria-hidden="true">
        <i style={{ transform: `scaleX(${shareLeft(since, until, now)})` }} />
      </div>
      <div class="reservation-foot">
        <EntityId id={orderId} />
        <div class="buttons">
          <button type="button" disabled={busy || away} onClick={() => end("cancel")} aria-label={`Cancel ${orderId}`}>
            Cancel
          </button>
          <button
            type="button"
            class="primary"
            disabled={busy || away}
            onClick={() => end("confirm")}
            aria-label={`Confirm ${orderId}`}
          >
            Confirm
          </button>
        </div>
      </div>
    </li>
  );
}
