import type { Problem } from "./api.ts";
import type { CallOptions } from "./call-options.ts";
import { Refused } from "./refused.ts";

interface Page {
  readonly data: readonly unknown[];
  readonly nextCursor: string | null;
}

/** A call that lists. */
type List = (
  query: never,
  options?: CallOptions,
) => Promise<{ readonly ok: true; readonly value: Page } | ({ readonly ok: false } & Problem)>;

type QueryOf<Listing extends List> = NonNullable<Parameters<Listing>[0]>;

type ItemOf<Listing extends List> = Extract<
  Awaited<ReturnType<Listing>>,
  { readonly ok: true }
>["value"]["data"][number];

/**
 * Every item of a list, page after page: `for await (const order of each(client.orders.list, { status: "CONFIRMED" }))`.
 *
 * Throws `Refused` where a page is refused. With the feed (`client.events.list`) it ends where the feed ends now.
 */
export async function* each<Listing extends List>(
  list: Listing,
  query: QueryOf<Listing>,
  options: CallOptions = {},
): AsyncGenerator<ItemOf<Listing>, void, undefined> {
  const given: { readonly cursor?: string } = query;
  let { cursor } = given;
  for (;;) {
    const page = await list((cursor === undefined ? given : { ...given, cursor }) as never, options);
    if (!page.ok) throw new Refused(page);
    yield* page.value.data as readonly ItemOf<Listing>[];
    const { data, nextCursor } = page.value;
    if (nextCursor === null || data.length === 0) return;
    cursor = nextCursor;
  }
}
