import { linkTo, type ScreenName } from "./address.ts";

/** What each screen is called. */
export const screenTitles: Readonly<Record<ScreenName, string>> = {
  today: "Today",
  orders: "Orders",
  products: "Products",
  "low-stock": "Low stock",
  shortages: "Shortages",
  transfers: "Transfers",
  places: "Places",
};

/** Links to the screens, the one that is shown marked. */
export function Navigation({ shown }: { readonly shown: ScreenName }) {
  return (
    <nav aria-label="Screens">
      <ul class="screens">
        {(Object.keys(screenTitles) as ScreenName[]).map((screen) => (
          <li key={screen}>
            <a href={linkTo({ screen })} aria-current={screen === shown ? "page" : undefined}>
              {screenTitles[screen]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
