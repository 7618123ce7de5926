import { type Entities, Unreadable } from "@holdfast/domain";
import { RecordUnreadable } from "./outages.ts";
import type { ListedName, Queries } from "./ports/queries.ts";

/**
 * One entity by its id; `undefined` where there is none. It is the first of those that come no later in the list, if any is.
 *
 * @throws RecordUnreadable
 */
export async function entityWith<N extends ListedName>(
  queries: Pick<Queries, "list">,
  name: N,
  id: Extract<Entities[N], { readonly id: string }>["id"],
): Promise<Entities[N] | undefined> {
  const [found] = await queries.list(name, {}, { limit: 1, after: `${id} ` });
  if (found === undefined || !("id" in found) || found.id !== id) return undefined;
  if (found instanceof Unreadable) throw new RecordUnreadable(found);
  return found as Entities[N];
}
