import type { Claim } from "../claim.ts";
import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, LocationId } from "../ids.ts";
import { asOpened, type Location, locationEventOf } from "../location.ts";
import type { Snapshot } from "../snapshot.ts";

/** Opens a place that holds stock. */
export interface CreateLocation {
  readonly type: "CreateLocation";
  readonly actor: Actor;
  readonly locationId: LocationId;
  readonly name: string;
  readonly priority: number;
  readonly active: boolean;
  readonly claim?: Claim;
}

/** A location's id is taken once and for ever. */
export const createLocation: CommandModule<CreateLocation, "locations"> = {
  reads: ({ locationId }) => ({ locations: [locationId] }),
  subject: { of: "locations", keyOf: ({ locationId }) => locationId },
  firstAnswer: asOpened,
  decide,
};

function decide({ locations }: Snapshot, command: CreateLocation): Decision {
  const { locationId: id, name, priority, active, actor, claim } = command;
  if (locations.has(id)) return refuse({ code: "location_exists", locationId: id });
  const location: Location = { id, version: 1, name, priority, active, ...(claim && { claim }) };
  return accept(locationEventOf("LocationCreated", actor, location));
}
