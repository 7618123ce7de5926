import { firstLocation, type LocationId } from "@holdfast/domain";
import type { Collections } from "./collections.ts";
import { documentOf } from "./documents.ts";

/**
 * Makes the location that every shop begins with, and each that a stock level names and that is not there: programs of the version
 * before made stock levels at whatever place was named. Several processes may do it at once.
 */
export async function openLocations({ levels, locations }: Collections): Promise<void> {
  const named: readonly unknown[] = await levels.distinct("locationId");
  const ids = new Set([firstLocation.id, ...named.filter((id): id is LocationId => typeof id === "string")]);
  for (const id of ids) {
    const location = id === firstLocation.id ? firstLocation : { ...firstLocation, id, name: id, priority: 1 };
    const { _id, ...made } = documentOf("locations", location, "");
    await locations.updateOne({ _id }, { $setOnInsert: made }, { upsert: true });
  }
}
