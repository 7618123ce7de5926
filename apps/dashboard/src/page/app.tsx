import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Address, ScreenName } from "./address.ts";
import type { ApiClient } from "./api-client.ts";
import { AskForKey } from "./ask-for-key.tsx";
import { AwayBanner } from "./away-banner.tsx";
import { FindOrders } from "./find-orders.tsx";
import { FindProducts } from "./find-products.tsx";
import { Header } from "./header.tsx";
import type { LiveData } from "./live-data.ts";
import type { LiveState } from "./live-state.ts";
import { LowStock } from "./low-stock.tsx";
import { Navigation, screenTitles } from "./navigation.tsx";
import { OrderPage } from "./order-page.tsx";
import { Places } from "./places.tsx";
import { ProductPage } from "./product-page.tsx";
import type { ScreenProps } from "./screen.tsx";
import type { ServerClock } from "./server-clock.ts";
import { Shortages } from "./shortages.tsx";
import { Today } from "./today.tsx";
import { TransferPage } from "./transfer-page.tsx";
import { Transfers } from "./transfers.tsx";
import { useAddress } from "./use-address.ts";

interface AppProps {
  readonly live: LiveData;
  readonly client: ApiClient;
  readonly clock: ServerClock;
}

/** The whole page. */
export function App(props: AppProps) {
  const state = useLiveState(props.live);
  const address = useAddress();
  const title = address.id ?? screenTitles[address.screen];
  useEffect(() => {
    document.title = address.screen === "today" ? "Holdfast" : `${title} · Holdfast`;
  }, [address.screen, title]);
  return (
    <>
      <Header state={state} onCheckBooks={() => void props.live.checkBooks()} />
      <Navigation shown={address.screen} />
      <main tabIndex={-1} aria-label={title}>
        <Content {...props} state={state} address={address} />
      </main>
    </>
  );
}

interface ContentProps extends AppProps {
  readonly state: LiveState;
  readonly address: Address;
}

function Content({ live, client, clock, state, address }: ContentProps) {
  const { connection, picture } = state;
  if (connection.kind === "locked") return <AskForKey refused={connection.refused} onKey={() => live.refresh()} />;
  const refresh = () => live.refresh();
  const away = connection.kind === "away";
  const Shown = screenAt(address);
  return (
    <>
      {away && <AwayBanner connection={connection} readAt={picture?.readAt} onRetry={refresh} />}
      {picture === undefined && !away && <p class="loading">Reading stock, orders and reservations …</p>}
      {picture && (
        <div class={away ? "stale" : ""}>
          {Shown === undefined ? (
            <Today picture={picture} client={client} clock={clock} away={away} onChange={refresh} />
          ) : (
            <Shown address={address} picture={picture} client={client} />
          )}
        </div>
      )}
    </>
  );
}

type Screens = Readonly<Record<Exclude<ScreenName, "today">, ComponentType<ScreenProps>>>;

const lists: Screens = {
  orders: FindOrders,
  products: FindProducts,
  "low-stock": LowStock,
  shortages: Shortages,
  transfers: Transfers,
  places: Places,
};

/** Of one thing, by the id in the address. */
const pages: Partial<Screens> = { orders: OrderPage, products: ProductPage, transfers: TransferPage };

/** `undefined`: today's board. */
function screenAt({ screen, id }: Address): ComponentType<ScreenProps> | undefined {
  if (screen === "today") return undefined;
  return (id !== undefined && pages[screen]) || lists[screen];
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
