import { assert } from "./bug.ts";
import type { Claim } from "./claim.ts";
import { entity } from "./entity-declaration.ts";
import type { EventRow } from "./event-row.ts";
import { type Actor, type LocationId, mainLocation } from "./ids.ts";
import { boolean, claimIfThere, count, faultOf, ifThere, nested, text } from "./stored/record-checks.ts";

/** What can be changed of a location. */
export interface LocationTerms {
  readonly name: string;
  /** Of two places the one with the lower number promises first. */
  readonly priority: number;
  /** Whether anything new is promised there. What was promised before is shipped and comes back as ever. */
  readonly active: boolean;
}

/** A place that holds stock. */
export interface Location extends LocationTerms {
  readonly id: LocationId;
  /** 1 when created; one more at each change. */
  readonly version: number;
  /** What it was created with, once that has changed: what a replay of its creation answers. */
  readonly first?: LocationTerms;
  readonly claim?: Claim;
}

/** The place that every shop begins with. */
export const firstLocation: Location = { id: mainLocation, version: 1, name: "Main", priority: 0, active: true };

/** A location as it was created. */
export function asOpened({ first, ...lasting }: Location): Location {
  return { ...lasting, version: 1, ...first };
}

/** What both events of a location say: all of it as it is then. */
interface LocationEvent extends LocationTerms {
  readonly actor: Actor;
  readonly locationId: LocationId;
  readonly version: number;
  readonly location: Location;
}

export interface LocationCreated extends LocationEvent {
  readonly type: "LocationCreated";
}

export interface LocationChanged extends LocationEvent {
  readonly type: "LocationChanged";
}

const termsFault = faultOf<LocationTerms>("a location's terms", { name: text, priority: count, active: boolean });

const eventFault = faultOf<Omit<LocationEvent, "actor" | "location">>("an event of a location", {
  locationId: text,
  version: count,
  name: text,
  priority: count,
  active: boolean,
});

function locationEvent<E extends LocationCreated | LocationChanged>(reason: string): EventRow<E, "location"> {
  return {
    leftOut: "location",
    changes: ({ locations }, { type, locationId: id, location }) => {
      const before = locations.get(id)?.version ?? 0;
      assert(before === location.version - 1, `${type}: ${id} follows on no version ${location.version - 1}`);
      return { locations: [location] };
    },
    moves: () => [],
    cause: ({ actor }) => ({ reason, actor }),
    fault: eventFault,
  };
}

/** An event that leaves a location as it is given. */
export function locationEventOf<Type extends "LocationCreated" | "LocationChanged">(
  type: Type,
  actor: Actor,
  location: Location,
): LocationEvent & { readonly type: Type } {
  const { id: locationId, version, name, priority, active } = location;
  return { type, actor, locationId, version, name, priority, active, location };
}

export const locations = entity<Location>()({
  kind: "location",
  key: ["id"],
  guards: ["version"],
  fault: faultOf<Location>("a location", {
    id: text,
    version: count,
    name: text,
    priority: count,
    active: boolean,
    first: ifThere(nested(termsFault)),
    claim: claimIfThere,
  }),
  searched: {},
  searchedParts: {},
  events: {
    LocationCreated: locationEvent<LocationCreated>("created"),
    LocationChanged: locationEvent<LocationChanged>("changed"),
  },
});
