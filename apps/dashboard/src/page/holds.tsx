import { useRef, useState } from "preact/hooks";
import { type ApiClient, KeyNeeded, ServerAway } from "./api-client.ts";
import { explainProblem } from "./explain-problem.ts";
import { formatUnits } from "./format.ts";
import { type Ending, Hold } from "./hold.tsx";
import type { Picture } from "./live-state.ts";
import { Notice, type Said } from "./notice.tsx";
import type { ServerClock } from "./server-clock.ts";
import { useTick } from "./use-tick.ts";

interface HoldsProps {
  readonly picture: Picture;
  readonly client: ApiClient;
  readonly clock: ServerClock;
  readonly away: boolean;
  readonly onChange: () => Promise<void>;
}

/** All active reservations, each with its countdown and buttons to confirm or cancel it. */
export function Holds({ picture, client, clock, away, onChange }: HoldsProps) {
  useTick(200); // five times a second, so that no second is skipped
  const [said, setSaid] = useState<Said>();
  const heading = useRef<HTMLHeadingElement>(null);
  const { holds, moreHolds, products } = picture;
  const names = new Map(products.data.map(({ sku, name }) => [sku as string, name]));
  const nameOf = (sku: string) => names.get(sku) ?? sku;

  const end = async (ending: Ending, orderId: string): Promise<void> => {
    setSaid(await endHold(client, ending, orderId, nameOf));
    await onChange();
    heading.current?.focus(); // the focused button has disappeared
  };

  return (
    <section class="panel" aria-labelledby="holds">
      <div class="panel-head">
        <h2 id="holds" ref={heading} tabIndex={-1}>
          Living holds
        </h2>
        <span class="soft">{moreHolds ? `the newest ${holds.length}` : formatUnits(holds.length)}</span>
      </div>
      <Notice said={said} />
      {holds.length === 0 ? (
        <p class="empty">Nothing is held. An order holds its stock until it is paid, cancelled or out of time.</p>
      ) : (
        <ul class="holds">
          {holds.map((hold) => (
            <Hold key={hold.id} hold={hold} now={clock.now()} nameOf={nameOf} away={away} onEnd={end} />
          ))}
        </ul>
      )}
    </section>
  );
}

async function endHold(
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
