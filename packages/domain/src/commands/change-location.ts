import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, LocationId } from "../ids.ts";
import { type Location, type LocationTerms, locationEventOf } from "../location.ts";
import type { Snapshot } from "../snapshot.ts";

/** Gives a location another name or priority, closes it, or opens it again. What is left out stays. */
export interface ChangeLocation {
  readonly type: "ChangeLocation";
  readonly actor: Actor;
  readonly locationId: LocationId;
  readonly name?: string;
  readonly priority?: number;
  readonly active?: boolean;
  /** The version that the caller has seen. Left out: whichever it is. */
  readonly ifVersion?: number;
}

/**
 * Nothing new is promised at a location that is not active; what was promised goes on. A change that is there already is a repeat,
 * whatever version it names: the first answer may have been lost.
 */
export const changeLocation: CommandModule<ChangeLocation, "locations"> = {
  reads: ({ locationId }) => ({ locations: [locationId] }),
  subject: { of: "locations", keyOf: ({ locationId }) => locationId },
  decide,
};

function decide({ locations }: Snapshot, command: ChangeLocation): Decision {
  const { locationId, ifVersion, actor } = command;
  const location = locations.get(locationId);
  if (location === undefined) return refuse({ code: "location_not_found", locationIds: [locationId] });
  const { version, first = termsOf(location) } = location;
  const before = termsOf(location);
  const { name = before.name, priority = before.priority, active = before.active } = command;
  if (name === before.name && priority === before.priority && active === before.active) return accept();
  if (ifVersion !== undefined && ifVersion !== version)
    return refuse({ code: "location_changed", locationId, version });
  const after: Location = { ...location, version: version + 1, name, priority, active, first };
  return accept(locationEventOf("LocationChanged", actor, after));
}

function termsOf({ name, priority, active }: Location): LocationTerms {
  return { name, priority, active };
}
