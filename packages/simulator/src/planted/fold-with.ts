import { decide, decideBatchBy, evolve, type Rules } from "@holdfast/domain";
import type { Planted } from "../world.ts";

/** A system with the real rules, except for the given ones. */
export function withRules(rules: Partial<Rules>): Planted {
  const all = { decide, evolve, ...rules };
  return {
    store: (store) => ({
      transact: (transaction) =>
        store.transact({
          ...transaction,
          decide: (snapshot, commands, now) => decideBatchBy(all, snapshot, commands, now),
        }),
    }),
  };
}
