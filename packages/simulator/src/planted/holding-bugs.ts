import { type Batch, decide, type Event, evolve, type Rules, type Snapshot } from "@holdfast/domain";
import { MemoryTables } from "@holdfast/memory-store";
import type { Planted } from "../world.ts";
import { withRules } from "./fold-with.ts";
import { seeing } from "./other-state.ts";

/** `evolve` that leaves holdings as they were where this happens. */
function forgetting(type: Event["type"]): Rules["evolve"] {
  return (snapshot, event) => {
    const changes = evolve(snapshot, event);
    return event.type === type ? { ...changes, holdings: [] } : changes;
  };
}

/** Looks at what holders had when the batch began, whatever its commands before this one have placed. */
function atBatchStart(): Rules["decide"] {
  const begun = new WeakMap<Snapshot, Snapshot["holdings"]>();
  return (snapshot, command, now) => {
    const holdings = begun.get(snapshot) ?? new Map(snapshot.holdings);
    begun.set(snapshot, holdings);
    return decide(command.type === "PlaceOrder" ? { ...snapshot, holdings } : snapshot, command, now);
  };
}

class WithoutHoldingGuard extends MemoryTables {
  override unchangedSince(batch: Batch): boolean {
    return super.unchangedSince({ ...batch, writes: { ...batch.writes, holdings: [] } });
  }
}

/** Mistakes in what holders are counted for. */
export const holdingBugs: Readonly<Record<string, Planted>> = {
  "a hold that expires stays counted": withRules({ evolve: forgetting("OrderExpired") }),
  "a hold that is cancelled stays counted": withRules({ evolve: forgetting("OrderCancelled") }),
  "a hold that is sold stays counted": withRules({ evolve: forgetting("OrderConfirmed") }),
  "a hold is not counted": withRules({ evolve: forgetting("OrderPlaced") }),
  "a bound does not see what its own batch has placed": withRules({ decide: atBatchStart() }),
  "one unit too many can be held by a customer": withRules({
    decide: (snapshot, command, now) => {
      const { unitsPerCustomerMax = undefined } = command.type === "PlaceOrder" ? (command.bounds ?? {}) : {};
      if (command.type !== "PlaceOrder" || unitsPerCustomerMax === undefined) return decide(snapshot, command, now);
      const bounds = { ...command.bounds, unitsPerCustomerMax: unitsPerCustomerMax + 1 };
      return decide(snapshot, { ...command, bounds }, now);
    },
  }),
  "a bound refuses what it allows": withRules({
    decide: seeing("PlaceOrder", (snapshot) => ({
      ...snapshot,
      holdings: new Map([...snapshot.holdings].map(([key, held]) => [key, { ...held, units: held.units + 1 }])),
    })),
  }),
  "holdings are not guarded": { tables: () => new WithoutHoldingGuard() },
};
