import type { JournalEntry, Sku } from "@holdfast/domain";
import type { JournalPlace, Paging, UnreadableEntry } from "@holdfast/engine";
import type { Document, FindOptions } from "mongodb";
import type { Collections } from "./collections.ts";
import { type JournalDocument, listedEntry } from "./documents.ts";
import { reached } from "./reached.ts";

/**
 * A page of the entries that name a SKU, newest first, from behind `after` on.
 *
 * Each query reads one range of the index on `skus`. For a single query with `$or` some servers read the whole journal.
 */
export async function readJournal(
  { journal }: Pick<Collections, "journal">,
  sku: Sku,
  { limit, after }: Paging<JournalPlace>,
  options: FindOptions & { readonly maxTimeMS: number },
): Promise<(JournalEntry | UnreadableEntry)[]> {
  const read = (place: Document, most: number) =>
    reached(
      journal
        .find<JournalDocument>({ skus: sku, ...place } as Document, options)
        .sort({ at: -1, _id: -1 })
        .limit(most)
        .toArray(),
    );
  if (after === undefined) return (await read({}, limit)).map(listedEntry);
  const { at, id } = after;
  const atOnce = await read({ at, _id: { $lt: id } }, limit);
  const left = limit - atOnce.length;
  const older = left === 0 ? [] : await read({ at: { $lt: at } }, left);
  return [...atOnce, ...older].map(listedEntry);
}
