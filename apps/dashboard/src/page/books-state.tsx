import type { Reconciliation } from "./api-types.ts";
import { formatTime } from "./format.ts";
import type { Books } from "./live-state.ts";
import { Pill } from "./pill.tsx";

interface BooksStateProps {
  readonly books: Books;
  /** Whether the server can be reached, so that `books` is up to date. */
  readonly live: boolean;
}

/** Says whether the books balance, and if not, which counters are off by how much. */
export function BooksState({ books: { found, checkedAt }, live }: BooksStateProps) {
  if (found === undefined || checkedAt === undefined) return <Pill tone="plain">Books not checked yet</Pill>;
  const at = formatTime(checkedAt);
  if (found.ok) {
    return (
      <Pill tone={live ? "good" : "plain"}>
        Books balance <small>checked {at}</small>
      </Pill>
    );
  }
  return (
    <details class="drift">
      <summary>
        <Pill tone="bad">
          {faultsOf(found)} <small>checked {at}</small>
        </Pill>
      </summary>
      <ul>
        {found.drift.map(({ sku, locationId, counter, source, counted, expected }) => (
          <li key={`${sku} ${locationId} ${counter} ${source}`}>
            <b>{sku}</b> at {locationId}: {counter} is {counted}, {source} add up to {expected}
          </li>
        ))}
        {found.unreadable.map(({ kind, id, reason }) => (
          <li key={`${kind} ${id}`}>
            <b>
              {kind} {id}
            </b>{" "}
            cannot be read: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

function faultsOf({ drift, unreadable }: Reconciliation): string {
  const counters = `Drift in ${drift.length} ${drift.length === 1 ? "counter" : "counters"}`;
  const records = `${unreadable.length} unreadable ${unreadable.length === 1 ? "record" : "records"}`;
  if (unreadable.length === 0) return counters;
  return drift.length === 0 ? records : `${counters}, ${records}`;
}
