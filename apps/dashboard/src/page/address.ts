/** The screens of the page, by their name in the address: `#/orders`. Nothing behind the `#` is today's board. */
const screenNames = ["orders", "products", "low-stock", "shortages", "transfers", "places"] as const;
export type ScreenName = (typeof screenNames)[number] | "today";

/** Which screen is shown. It stands behind the `#`, so that it can be linked to, and the browser's Back leads back. */
export interface Address {
  readonly screen: ScreenName;
  /** Of one thing: an order's id, a SKU. */
  readonly id?: string;
  /** What is searched for, by the names of the API's parameters. */
  readonly query: Readonly<Record<string, string>>;
}

const today: Address = { screen: "today", query: {} };

/** Reads what stands behind the `#`. What cannot be read is today's board. */
export function readAddress(hash: string): Address {
  const [, name, id, query] = /^#\/([a-z-]+)(?:\/([^/?]+))?(?:\?(.*))?$/.exec(hash) ?? [];
  const screen = screenNames.find((known) => known === name);
  if (screen === undefined) return today;
  try {
    return {
      screen,
      ...(id !== undefined && { id: decodeURIComponent(id) }),
      query: Object.fromEntries(new URLSearchParams(query ?? "")),
    };
  } catch {
    return today;
  }
}

/** The link to a screen. Parts of the query that are empty are left out. */
export function linkTo({ screen, id, query = {} }: Partial<Address> & Pick<Address, "screen">): string {
  if (screen === "today") return "#/";
  const of = id === undefined ? "" : `/${encodeURIComponent(id)}`;
  return `#/${screen}${of}${queryText(query)}`;
}

/** A query with its `?`, or nothing where all of it is empty. */
export function queryText(query: Readonly<Record<string, string>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
