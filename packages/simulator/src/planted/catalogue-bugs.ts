import { type Batch, decide, evolve } from "@holdfast/domain";
import { MemoryTables } from "@holdfast/memory-store";
import type { Planted } from "../world.ts";
import { seeing, withRules } from "./changed-rules.ts";

/** Guards what a batch writes, but not that a SKU has been taken in another case meanwhile. */
class WithoutCaseGuard extends MemoryTables {
  override unchangedSince(batch: Batch): boolean {
    return super.unchangedSince({ ...batch, writes: { ...batch.writes, takenSkus: [] } });
  }
}

/** Mistakes with products. */
export const catalogueBugs: Readonly<Record<string, Planted>> = {
  "a SKU in another case is not seen": withRules({
    decide: seeing("CreateProduct", (snapshot) => ({ ...snapshot, takenSkus: new Map() })),
    evolve: (snapshot, event) =>
      evolve(event.type === "ProductCreated" ? { ...snapshot, takenSkus: new Map() } : snapshot, event),
  }),
  "a SKU that was taken meanwhile in another case is not seen": { tables: () => new WithoutCaseGuard() },
  "a SKU in another case is refused without the first one's name": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (decision.kind !== "refused" || decision.failure.code !== "sku_differs_by_case") return decision;
      return {
        ...decision,
        failure: { ...decision.failure, sku: (command as { sku: typeof decision.failure.sku }).sku },
      };
    },
  }),
};
