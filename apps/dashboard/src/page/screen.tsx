import type { ComponentChildren } from "preact";
import { type Address, linkTo } from "./address.ts";
import type { ApiClient } from "./api-client.ts";
import type { Page } from "./api-types.ts";
import type { Picture } from "./live-state.ts";
import { Notice } from "./notice.tsx";
import type { Reading } from "./use-reading.ts";

/** What every screen gets. */
export interface ScreenProps {
  readonly address: Address;
  readonly client: ApiClient;
  /** What the page's own rounds have read. */
  readonly picture: Picture;
}

interface PanelProps<Value> {
  readonly title: string;
  readonly note?: ComponentChildren;
  /** Above what is shown, and there while it is being read: a search's fields. */
  readonly form?: ComponentChildren;
  readonly reading: Reading<Value> | undefined;
  readonly children: (value: Value) => ComponentChildren;
}

/** A panel with what has been read, or with why there is nothing to show. */
export function Panel<Value>({ title, note, form, reading, children }: PanelProps<Value>) {
  const id = title.toLowerCase().replaceAll(" ", "-");
  return (
    <section class="panel" aria-labelledby={id}>
      <div class="panel-head">
        <h2 id={id}>{title}</h2>
        {note !== undefined && <span class="soft">{note}</span>}
      </div>
      {form}
      <Notice said={reading?.trouble === undefined ? undefined : { tone: "bad", text: reading.trouble }} />
      {reading === undefined && <p class="loading">Reading …</p>}
      {reading?.value !== undefined && children(reading.value)}
    </section>
  );
}

interface ListPanelProps<Item> extends Omit<PanelProps<Page<Item>>, "children"> {
  readonly address: Address;
  /** What it says where there is none. */
  readonly empty: string;
  readonly children: (items: readonly Item[]) => ComponentChildren;
}

/** A panel with a page of a list, and the way to the next one. */
export function ListPanel<Item>({ address, empty, children, ...panel }: ListPanelProps<Item>) {
  return (
    <Panel {...panel}>
      {({ data, nextCursor }) => (
        <>
          {data.length === 0 ? <p class="empty">{empty}</p> : children(data)}
          <Pages address={address} nextCursor={nextCursor} />
        </>
      )}
    </Panel>
  );
}

/** Links to the first and to the next page of a list. */
function Pages({ address, nextCursor }: { readonly address: Address; readonly nextCursor: string | null }) {
  const { cursor, ...query } = address.query;
  if (cursor === undefined && nextCursor === null) return null;
  return (
    <nav class="pages" aria-label="Pages">
      {cursor !== undefined && <a href={linkTo({ ...address, query })}>First page</a>}
      {nextCursor !== null && <a href={linkTo({ ...address, query: { ...query, cursor: nextCursor } })}>Next page</a>}
    </nav>
  );
}
