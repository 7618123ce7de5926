import { Explainer, type Explanation, type Instant, type LevelName } from "@holdfast/domain";
import type { JournalPlace, Queries } from "./ports/queries.ts";

/** Entries read at a time. An entry of a hot SKU is large, and is folded and dropped before the next page is asked for. */
const entriesPerRead = 20;

/**
 * What a level's numbers are made of, now or at a past instant: its SKU's journal read back to its beginning, page by
 * page, other work between two of them. Takes as long as that journal is.
 */
export async function explainLevel(
  queries: Pick<Queries, "journal">,
  level: LevelName,
  at?: Instant,
): Promise<Explanation> {
  const explainer = new Explainer(level);
  // Just behind the instant, so that its own entries are read too.
  let behind: JournalPlace | undefined = at === undefined ? undefined : { at: (at + 1) as Instant, id: "" };
  for (;;) {
    const entries = await queries.journal(level.sku, { limit: entriesPerRead, ...(behind && { after: behind }) });
    for (const entry of entries) explainer.add("unreadable" in entry ? entry.unreadable : entry);
    behind = entries.at(-1);
    if (behind === undefined || entries.length < entriesPerRead) return explainer.explanation;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
