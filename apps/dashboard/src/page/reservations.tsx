import { useRef, useState } from "preact/hooks";
import { type ApiClient, KeyNeeded, ServerAway } from "./api-client.ts";
import { explainProblem } from "./explain-problem.ts";
import { formatUnits } from "./format.ts";
import type { Picture } from "./live-state.ts";
import { Notice, type Said } from "./notice.tsx";
import { type Ending, ReservationItem } from "./reservation-item.tsx";
import type { ServerClock } from "./server-clock.ts";
import { useTick } from "./use-tick.ts";

interface ReservationsProps {
  readonly picture: Picture;
  readonly client: ApiClient;
  readonly clock: ServerClock;
  readonly away: boolean;
  readonly onChange: () => Promise<void>;
}

/** All active reservations, each with its countdown and buttons to confirm or cancel it. */
export function Reservations({ picture, client, clock, away, onChange }: ReservationsProps) {
  useTick(200); // five times a second, so that no second is skipped
  const [said, setSaid] = useState<Said>();
  const heading = useRef<HTMLHeadingElement>(null);
  const { reservations, moreReservations, names } = picture;
  const nameOf = (sku: string) => names.get(sku) ?? sku;

  const end = async (ending: Ending, orderId: string): Promise<void> => {
    setSaid(await endReservation(client, ending, orderId, nameOf));
    await onChange();
    heading.current?.focus(); // the focused button has disappeared
  };

  return (
    <section class="panel" aria-labelledby="reservations">
      <div class="panel-head">
        <h2 id="reservations" ref={heading} tabIndex={-1}>
          Active reservations
        </h2>
        <span class="soft">
          {moreReservations ? `the newest ${reservations.length}` : formatUnits(reservations.length)}
        </span>
      </div>
      <Notice said={said} />
      {reservations.length === 0 ? (
        <p class="empty">Nothing is held. An order holds its stock until it is paid, cancelled or out of time.</p>
      ) : (
        <ul class="reservations">
          {reservations.map((reservation) => (
            <ReservationItem
              key={reservation.id}
              reservation={reservation}
              now={clock.now()}
              nameOf={nameOf}
              away={away}
              onEnd={end}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

async function endReservation(
  client: ApiClient,
  ending: Ending,
  orderId: string,
  nameOf: (sku: string) => string,
): Promise<Said> {
  try {
    const answer = ending === "confirm" ? await client.confirm(orderId) : await client.cancel(orderId);
    if (!answer.ok) return { tone: "bad", text: explainProblem(answer.problem, nameOf) };
    return ending === "confirm"
      ? { tone: "good", text: "Confirmed: the stock is sold." }
      : { tone: "good", text: "Cancelled: the stock can be promised again." };
  } catch (error) {
    if (error instanceof KeyNeeded) return { tone: "bad", text: "The server wants an API key." };
    if (error instanceof ServerAway) return { tone: "bad", text: `${error.message} Press again to be sure.` };
    throw error;
  }
}
