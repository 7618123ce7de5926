import type { Batch } from "../decide-batch.ts";
import { apply, draftOf } from "../draft.ts";
import { declarationOf, type Entity, entityNames } from "../entities.ts";
import type { Snapshot } from "../snapshot.ts";

/** What a store has after it wrote a batch. */
export function afterWrites(before: Snapshot, { writes }: Batch): Snapshot {
  const next = draftOf(before);
  for (const name of entityNames) {
    const { keyOf, isGone } = declarationOf(name);
    apply(next, { [name]: writes[name].map(({ after }) => after) });
    for (const { after } of writes[name] as readonly { after: Entity }[]) {
      if (isGone?.(after as never)) next[name].delete(keyOf(after as never));
    }
  }
  return next;
}
