import {
  type Batch,
  type Command,
  decide,
  evolve,
  firstLocation,
  type Location,
  type LocationId,
  type Snapshot,
} from "@holdfast/domain";
import { MemoryTables } from "@holdfast/memory-store";
import type { Planted } from "../world.ts";
import { seeing, withRules } from "./changed-rules.ts";

/** Guards what a batch writes, but not that a location has changed meanwhile. */
class WithoutLocationGuard extends MemoryTables {
  override unchangedSince(batch: Batch): boolean {
    return super.unchangedSince({ ...batch, writes: { ...batch.writes, locations: [] } });
  }

  override stillHas(loaded: Pick<Snapshot, "products" | "locations">): boolean {
    return super.stillHas({ ...loaded, locations: new Map() });
  }
}

/** Sells at a location that has closed while the order was decided. */
class WithoutReadGuard extends MemoryTables {
  override stillHas(loaded: Pick<Snapshot, "products" | "locations">): boolean {
    return super.stillHas({ ...loaded, locations: new Map() });
  }
}

/** Goes on selling at locations as it loaded them first. */
class RemembersLocations extends WithoutReadGuard {
  readonly #locations = new Map<string, Location>();

  override load(commands: readonly Command[]): Snapshot {
    const loaded = super.load(commands);
    if (!commands.every(({ type }) => type === "PlaceOrder")) return loaded;
    for (const [id, location] of loaded.locations) if (!this.#locations.has(id)) this.#locations.set(id, location);
    const remembered = [...loaded.locations.keys()].map((id) => [id, this.#locations.get(id) as Location] as const);
    return { ...loaded, locations: new Map(remembered) };
  }
}

const berlin = "berlin" as LocationId;

/** The snapshot with a location that was never opened. */
function withTypo(snapshot: Snapshot): Snapshot {
  return { ...snapshot, locations: new Map([[berlin, { ...firstLocation, id: berlin }], ...snapshot.locations]) };
}

function allActive(snapshot: Snapshot): Snapshot {
  const open = [...snapshot.locations].map(([id, location]) => [id, { ...location, active: true }] as const);
  return { ...snapshot, locations: new Map(open) };
}

/** Mistakes with locations. */
export const locationBugs: Readonly<Record<string, Planted>> = {
  "stock is promised at a location that is closed": withRules({ decide: seeing("PlaceOrder", allActive) }),
  "a typo makes a location": withRules({ decide: seeing("AdjustStock", withTypo) }),
  "a change of a location is not kept": withRules({
    evolve: (snapshot, event) => (event.type === "LocationChanged" ? {} : evolve(snapshot, event)),
  }),
  "a change of a location ignores the version that its caller has seen": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "ChangeLocation") return decide(snapshot, command, now);
      const { ifVersion: _ifVersion, ...blind } = command;
      return decide(snapshot, blind, now);
    },
  }),
  "a location that is there is said to be opened": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      const isRefused = decision.kind === "refused" && decision.failure.code === "location_exists";
      return isRefused ? { kind: "accepted", events: [] } : decision;
    },
  }),
  "a location is changed as if no other change had come meanwhile": { tables: () => new WithoutLocationGuard() },
  "a location closes while an order at it is decided": { tables: () => new WithoutReadGuard() },
  "stock is promised by a location as it was before it closed": { tables: () => new RemembersLocations() },
};
