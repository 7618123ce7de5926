import {
  type Batch,
  decide,
  type Event,
  evolve,
  type ReservationBounds,
  type Rules,
  type Snapshot,
} from "@holdfast/domain";
import { MemoryTables } from "@holdfast/memory-store";
import { shopKey } from "../models/command-model.ts";
import type { Planted } from "../world.ts";
import { seeing, withRules } from "./changed-rules.ts";

/** `evolve` that leaves holdings as they were when this happens. */
function forgetting(type: Event["type"]): Rules["evolve"] {
  return (snapshot, event) => {
    const changes = evolve(snapshot, event);
    return event.type === type ? { ...changes, holdings: [] } : changes;
  };
}

/** `decide` that sees changed holdings, given those when the batch began. */
function lookingAt(change: (holdings: Snapshot["holdings"], begun: Snapshot["holdings"]) => Snapshot["holdings"]) {
  // A batch is decided on one draft, which its events change.
  const begun = new WeakMap<Snapshot, Snapshot["holdings"]>();
  return seeing("PlaceOrder", (snapshot) => {
    const before = begun.get(snapshot) ?? new Map(snapshot.holdings);
    begun.set(snapshot, before);
    return { ...snapshot, holdings: change(snapshot.holdings, before) };
  });
}

function withBounds(change: (bounds: ReservationBounds) => ReservationBounds): Rules["decide"] {
  return (snapshot, command, now) => {
    if (command.type !== "PlaceOrder" || command.bounds === undefined) return decide(snapshot, command, now);
    return decide(snapshot, { ...command, bounds: change(command.bounds) }, now);
  };
}

/** Keeps the first bounds that it meets, though the shop has changed them since. */
function keepingFirst(): Planted {
  let first: ReservationBounds | undefined;
  const rules = withRules({
    decide: withBounds((bounds) => {
      first ??= bounds;
      return first;
    }),
  });
  return {
    store: (...parts) => {
      first = undefined;
      return rules.store?.(...parts) ?? parts[0];
    },
  };
}

class WithoutHoldingGuard extends MemoryTables {
  override unchangedSince(batch: Batch): boolean {
    return super.unchangedSince({ ...batch, writes: { ...batch.writes, holdings: [] } });
  }
}

/** Mistakes in how holders' units are counted. */
export const holdingBugs: Readonly<Record<string, Planted>> = {
  "a reservation that expires stays counted": withRules({ evolve: forgetting("OrderExpired") }),
  "a reservation that is cancelled stays counted": withRules({ evolve: forgetting("OrderCancelled") }),
  "a reservation that is sold stays counted": withRules({ evolve: forgetting("OrderConfirmed") }),
  "a reservation is not counted": withRules({ evolve: forgetting("OrderPlaced") }),
  "a bound does not see what its own batch has placed": withRules({ decide: lookingAt((_holdings, begun) => begun) }),
  "bounds are ignored across batches": withRules({
    decide: lookingAt((holdings, begun) => {
      const placedHere = [...holdings].map(([key, held]) => {
        return [key, { ...held, units: held.units - (begun.get(key)?.units ?? 0) }] as const;
      });
      return new Map(placedHere);
    }),
  }),
  "a key has no bound": withRules({
    decide: withBounds((bounds) =>
      bounds.unitsPerKeyMax === undefined ? bounds : { ...bounds, unitsPerKeyMax: Number.POSITIVE_INFINITY },
    ),
  }),
  "bounds stay as they were first set": keepingFirst(),
  "a reservation counts against another key": withRules({
    decide: (snapshot, command, now) =>
      decide(snapshot, command.type === "PlaceOrder" ? { ...command, actor: shopKey } : command, now),
  }),
  "one unit too many can be held by a customer": withRules({
    decide: withBounds(({ unitsPerCustomerMax: most, ...bounds }) => {
      return { ...bounds, ...(most !== undefined && { unitsPerCustomerMax: most + 1 }) };
    }),
  }),
  "a bound refuses what it allows": withRules({
    decide: seeing("PlaceOrder", (snapshot) => ({
      ...snapshot,
      holdings: new Map([...snapshot.holdings].map(([key, held]) => [key, { ...held, units: held.units + 1 }])),
    })),
  }),
  "holdings are not guarded": { tables: () => new WithoutHoldingGuard() },
};
