import type { ApiClient } from "./api-client.ts";
import type { Picture } from "./live-state.ts";
import { Orders } from "./orders.tsx";
import { PlaceOrder } from "./place-order.tsx";
import { Reservations } from "./reservations.tsx";
import type { ServerClock } from "./server-clock.ts";
import { Stock } from "./stock.tsx";

interface TodayProps {
  readonly picture: Picture;
  readonly client: ApiClient;
  readonly clock: ServerClock;
  readonly away: boolean;
  readonly onChange: () => Promise<void>;
}

/** What is there, what is held and what was ordered, at this moment. */
export function Today({ picture, client, clock, away, onChange }: TodayProps) {
  return (
    <div class="board">
      <div class="column">
        <Stock products={picture.products} />
        <Orders orders={picture.orders} products={picture.products.data} />
      </div>
      <div class="column side">
        <PlaceOrder products={picture.products.data} client={client} away={away} onChange={onChange} />
        <Reservations picture={picture} client={client} clock={clock} away={away} onChange={onChange} />
      </div>
    </div>
  );
}
