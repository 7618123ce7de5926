import { isReadable, type Location, type LocationId, type Read, Unreadable } from "@holdfast/domain";
import { RecordUnreadable } from "./outages.ts";
import type { Queries } from "./ports/queries.ts";

/** Read at a time. Most shops have a handful. */
const locationsPerRead = 200;

/** Every location, in the order in which they promise stock: by priority, then by id. Those that cannot be read come last. */
export async function everyLocation(queries: Pick<Queries, "list">): Promise<Read<Location>[]> {
  const all: Read<Location>[] = [];
  for (let after: string | undefined; ; after = all.at(-1)?.id) {
    const paging = { limit: locationsPerRead, ...(after !== undefined && { after }) };
    const page = await queries.list("locations", {}, paging);
    all.push(...page);
    if (page.length < locationsPerRead) break;
  }
  return all.sort((one, other) => priorityOf(one) - priorityOf(other) || (one.id < other.id ? -1 : 1));
}

function priorityOf(location: Read<Location>): number {
  return isReadable(location) ? location.priority : Number.POSITIVE_INFINITY;
}

/**
 * One location; `undefined` where there is none.
 *
 * @throws RecordUnreadable
 */
export async function locationWith(queries: Pick<Queries, "list">, id: LocationId): Promise<Location | undefined> {
  const found = (await everyLocation(queries)).find((each) => each.id === id);
  if (found instanceof Unreadable) throw new RecordUnreadable(found);
  return found;
}
