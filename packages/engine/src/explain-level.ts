import {
  type Correction,
  Explainer,
  type Explanation,
  type Instant,
  isReadable,
  type LevelName,
  type Recount,
} from "@holdfast/domain";
import { levelIn } from "./every-recount.ts";
import type { JournalPlace, Queries } from "./ports/queries.ts";

/** Entries read at a time. An entry of a hot SKU is large, and is folded and dropped before the next page is asked for. */
const entriesPerRead = 20;

/** Levels and corrections read at a time. */
const recordsPerRead = 200;

/** Movements of the level that are read back before its sums are taken from its recount: more than name the newest of each part. */
const explainedMovementsMax = 5_000;

type Read = Pick<Queries, "journal" | "recounts" | "list">;

/**
 * What a level's numbers are made of, now or at a past instant: its SKU's journal read back, page by page, other work between two of
 * them. Now, that ends after some thousand movements: the sums then are those of the level's recount, by its fold. For a past instant it
 * goes on to the beginning, and takes as long as the journal is up to there.
 */
export async function explainLevel(
  queries: Read,
  level: LevelName,
  at?: Instant,
  movementsMax = explainedMovementsMax,
): Promise<Explanation> {
  const explainer = new Explainer(level);
  let isLong = at !== undefined;
  // Just behind the instant, so that its own entries are read too.
  let behind: JournalPlace | undefined = at === undefined ? undefined : { at: (at + 1) as Instant, id: "" };
  for (;;) {
    const entries = await queries.journal(level.sku, { limit: entriesPerRead, ...(behind && { after: behind }) });
    for (const entry of entries) explainer.add("unreadable" in entry ? entry.unreadable : entry);
    behind = entries.at(-1);
    if (behind === undefined || entries.length < entriesPerRead) return explainer.explanation;
    if (!isLong && explainer.movements >= movementsMax) {
      isLong = true;
      const recount = await recountOf(queries, level);
      // A level that cannot be added up is explained by its whole journal.
      if (recount !== undefined) return explainer.summedBy(recount, await correctionsOf(queries, level));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function recountOf({ recounts }: Read, { sku, locationId }: LevelName): Promise<Recount | undefined> {
  for (let after: LevelName | undefined; ; ) {
    const page = await recounts({ sku, trust: "always" }, { limit: recordsPerRead, ...(after && { after }) });
    const found = page.filter(isReadable).find(({ level }) => level.locationId === locationId);
    const last = page.at(-1);
    if (found !== undefined || last === undefined || page.length < recordsPerRead) return found;
    after = levelIn(last);
  }
}

/** A level's corrections, newest first. A person has asked for each that there is, of whatever level: they are few. */
async function correctionsOf({ list }: Read, { sku, locationId }: LevelName): Promise<Correction[]> {
  const corrections: Correction[] = [];
  for (let after: string | undefined; ; ) {
    const page = await list("corrections", {}, { limit: recordsPerRead, ...(after && { after }) });
    for (const each of page) {
      if (isReadable(each) && each.sku === sku && each.locationId === locationId) corrections.push(each);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < recordsPerRead) return corrections;
    after = last.id;
  }
}
