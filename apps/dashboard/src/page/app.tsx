import { useEffect, useState } from "preact/hooks";
import type { ApiClient } from "./api-client.ts";
import { AskForKey } from "./ask-for-key.tsx";
import { AwayBanner } from "./away-banner.tsx";
import { Header } from "./header.tsx";
import type { LiveData } from "./live-data.ts";
import type { LiveState } from "./live-state.ts";
import { Orders } from "./orders.tsx";
import { PlaceOrder } from "./place-order.tsx";
import { Reservations } from "./reservations.tsx";
import type { ServerClock } from "./server-clock.ts";
import { Stock } from "./stock.tsx";

interface AppProps {
  readonly live: LiveData;
  readonly client: ApiClient;
  readonly clock: ServerClock;
}

/** The whole page. */
export function App(props: AppProps) {
  const state = useLiveState(props.live);
  return (
    <>
      <Header state={state} onCheckBooks={() => void props.live.checkBooks()} />
      <main>
        <Content {...props} state={state} />
      </main>
    </>
  );
}

function Content({ live, client, clock, state }: AppProps & { readonly state: LiveState }) {
  const { connection, picture } = state;
  if (connection.kind === "locked") return <AskForKey refused={connection.refused} onKey={() => live.refresh()} />;
  const refresh = () => live.refresh();
  const away = connection.kind === "away";
  return (
    <>
      {away && <AwayBanner connection={connection} readAt={picture?.readAt} onRetry={refresh} />}
      {picture === undefined && !away && <p class="loading">Reading stock, orders and holds …</p>}
      {picture && (
        <div class={away ? "board stale" : "board"}>
          <div class="column">
            <Stock products={picture.products} />
            <Orders orders={picture.orders} />
          </div>
          <div class="column side">
            <PlaceOrder products={picture.products.data} client={client} away={away} onChange={refresh} />
            <Reservations picture={picture} client={client} clock={clock} away={away} onChange={refresh} />
          </div>
        </div>
      )}
    </>
  );
}

/** The current state of the live data. Renders the component again when it changes. */
function useLiveState(live: LiveData): LiveState {
  const [state, setState] = useState(live.state);
  useEffect(() => {
    const read = () => setState(live.state);
    read(); // it may have changed between rendering and subscribing
    return live.subscribe(read);
  }, [live]);
  return state;
}
