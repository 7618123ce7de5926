import { changedBy, type Holding, type Write } from "@holdfast/domain";
import { groupsBy, pagesOf } from "./update-groups.ts";

/** Holdings that a batch changes in the same way: one update, or one delete, does for all of them. */
export interface HoldingChange {
  readonly holders: readonly string[];
  /** That the batch was decided on, and what they come to. */
  readonly before: number;
  readonly after: number;
}

/** What a batch changes of holdings that were there before. A thousand shoppers of one unit each let go of it alike. */
export function holdingChanges(writes: readonly Write<Holding>[]): HoldingChange[] {
  const alike = groupsBy(changedBy(writes), ({ before, after }) => `${before.units}:${after.units}`);
  return [...alike.values()].flatMap((changes) => {
    const { before, after } = changes[0] ?? {};
    return pagesOf(changes.map((change) => change.after.holder)).map((holders) => ({
      holders,
      before: before?.units ?? 0,
      after: after?.units ?? 0,
    }));
  });
}
