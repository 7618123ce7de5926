import {
  type JournalEntry,
  type Movement,
  movementsOf,
  type Read,
  readFolded,
  type Sku,
  Unreadable,
} from "@holdfast/domain";
import type { JournalPlace, Queries, UnreadableEntry } from "./ports/queries.ts";
import { ReadSize } from "./read-size.ts";

/** A movement's place: its journal entry, and its number within it. */
export interface MovementPlace extends JournalPlace {
  readonly index: number;
}

export interface PlacedMovement {
  /** Of an entry that cannot be read this stands once, for all of its movements. */
  readonly movement: Read<Movement>;
  readonly place: MovementPlace;
}

/** The movements of a SKU, newest first, from behind `after` on: the ledger, page by page. */
export async function movementPage(
  queries: Pick<Queries, "journal">,
  sku: Sku,
  { limit, after }: { readonly limit: number; readonly after?: MovementPlace },
): Promise<PlacedMovement[]> {
  const page: PlacedMovement[] = [];
  const size = new ReadSize();
  // The entry that `after` lies in may hold more: begin just before it.
  let behind: JournalPlace | undefined = after && justBefore(after);
  for (;;) {
    const entriesMax = size.entriesFor(limit - page.length);
    const entries = await queries.journal(sku, { limit: entriesMax, ...(behind && { after: behind }) });
    for (const entry of entries) {
      const movements = movementsIn(entry, sku);
      const behindAfter =
        after?.id === entry.id ? movements.filter(({ place }) => place.index < after.index) : movements;
      page.push(...behindAfter.slice(0, limit - page.length));
      if (page.length === limit) return page;
      size.saw("records" in entry ? entry.records.length : 0, movements.length);
    }
    const last = entries.at(-1);
    if (last === undefined || entries.length < entriesMax) return page;
    behind = placeOf(last);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What an entry says of a SKU, newest first. */
function movementsIn(entry: JournalEntry | UnreadableEntry, sku: Sku): PlacedMovement[] {
  const placed = (movement: Read<Movement>, index: number) => ({ movement, place: { ...placeOf(entry), index } });
  const movements = "unreadable" in entry ? entry.unreadable : readFolded(entry, movementsOf);
  if (movements instanceof Unreadable) return [placed(movements, 0)];
  return movements
    .flatMap((movement, index) => (movement.change.sku === sku ? [placed(movement, index)] : []))
    .reverse();
}

/** Entries are listed from behind this place on: that of `id`, and none before it. Their ids are of one length. */
function justBefore({ at, id }: JournalPlace): JournalPlace {
  return { at, id: id.slice(0, -1) + String.fromCharCode(id.charCodeAt(id.length - 1) + 1) };
}

function placeOf({ at, id }: JournalPlace): JournalPlace {
  return { at, id };
}
