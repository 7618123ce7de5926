import { type Movement, movementsOf, type Read, readFolded, type Sku, Unreadable } from "@holdfast/domain";
import type { JournalPlace, Queries } from "./ports/queries.ts";

/** A movement's place: its journal entry, and its number within it. */
export interface MovementPlace extends JournalPlace {
  readonly index: number;
}

export interface PlacedMovement {
  /** Of an entry that cannot be read this stands once, for all of its movements. */
  readonly movement: Read<Movement>;
  readonly place: MovementPlace;
}

/** Entries read at a time. One entry of a hot SKU fills a page by itself. */
const entriesPerRead = 8;

/** The movements of a SKU, newest first, from behind `after` on: the ledger, page by page. */
export async function movementPage(
  queries: Pick<Queries, "journal">,
  sku: Sku,
  { limit, after }: { readonly limit: number; readonly after?: MovementPlace },
): Promise<PlacedMovement[]> {
  const page: PlacedMovement[] = [];
  // The entry that `after` lies in may hold more: begin just before it.
  let behind: JournalPlace | undefined = after && { at: after.at, id: `${after.id}~` };
  while (page.length < limit) {
    const entries = await queries.journal(sku, { limit: entriesPerRead, ...(behind && { after: behind }) });
    for (const entry of entries) {
      const movements = "unreadable" in entry ? entry.unreadable : readFolded(entry, movementsOf);
      if (movements instanceof Unreadable) {
        const seen = after?.id === entry.id;
        if (!seen && page.length < limit) page.push({ movement: movements, place: { ...placeOf(entry), index: 0 } });
        continue;
      }
      for (let index = movements.length - 1; index >= 0 && page.length < limit; index -= 1) {
        const movement = movements[index];
        if (movement?.change.sku !== sku) continue;
        if (after?.id === entry.id && index >= after.index) continue;
        page.push({ movement, place: { ...placeOf(entry), index } });
      }
    }
    const last = entries.at(-1);
    if (last === undefined || entries.length < entriesPerRead) break;
    behind = placeOf(last);
  }
  return page;
}

function placeOf({ at, id }: JournalPlace): JournalPlace {
  return { at, id };
}
