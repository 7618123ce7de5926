import type { ChangeLocation } from "../commands/change-location.ts";
import type { CreateLocation } from "../commands/create-location.ts";
import type { LocationId } from "../ids.ts";
import { actor } from "./names.ts";

/** Opens the place that `locationId` names, after all others. */
export function open(
  locationId: string,
  more: Partial<Pick<CreateLocation, "name" | "priority" | "active" | "claim">> = {},
): CreateLocation {
  const usual = { name: `Fine ${locationId}`, priority: 1, active: true };
  return { type: "CreateLocation", actor, locationId: locationId as LocationId, ...usual, ...more };
}

export function changePlace(
  locationId: string,
  more: Pick<ChangeLocation, "name" | "priority" | "active" | "ifVersion">,
): ChangeLocation {
  return { type: "ChangeLocation", actor, locationId: locationId as LocationId, ...more };
}
