import { byCodePoint, type Location, type LocationId, type Read, Unreadable } from "@holdfast/domain";
import { everyLocation, locationWith } from "@holdfast/engine";
import { locationSchema, routes } from "@holdfast/http-contract";
import { z } from "zod";
import { answerPage, readPage } from "../answer-page.ts";
import { answerFailure, answerProblem, answerRefusal } from "../answer-problem.ts";
import { answerTagged } from "../answer-shown.ts";
import type { App, AppParts } from "../app-parts.ts";
import { versionIn } from "../version-in-tag.ts";
import { commandCalls } from "./command-call.ts";

/** A place in the list: a priority, then an id. Those that cannot be read stand behind every priority. */
const locationPlace = z
  .tuple([z.literal("location"), z.int().min(0), z.string()])
  .transform(([, priority, id]) => ({ priority, id }));

type Place = z.output<typeof locationPlace>;

const asItIs = (location: Location) => location;

export function locationCalls(app: App, parts: AppParts): void {
  const { engine, queries } = parts;

  commandCalls(app, parts)(
    routes.createLocation,
    "CreateLocation",
    ({ body: { id, ...location } }) => ({ locationId: id, ...location }),
    asItIs,
    ({ id }) => `/v1/locations/${id}`,
  );

  app.openapi(routes.listLocations, async (c) => {
    const page = await readPage(c.req.valid("query"), {
      place: locationPlace,
      read: async ({ limit, after }) => {
        const all = await everyLocation(queries);
        return all.filter((each) => after === undefined || isBehind(placeOf(each), after)).slice(0, limit);
      },
      placeOf: (location) => ["location", placeOf(location).priority, location.id],
    });
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    return answerPage(c, routes.listLocations, page, asItIs);
  });

  app.openapi(routes.readLocation, async (c) => {
    const { id } = c.req.valid("param");
    const location = await locationWith(queries, id);
    if (location === undefined) return answerFailure(c, { code: "location_not_found", locationIds: [id] });
    return answerTagged(c, locationSchema, location, location.version);
  });

  app.openapi(routes.changeLocation, async (c) => {
    const locationId: LocationId = c.req.valid("param").id;
    const { name, priority, active } = c.req.valid("json");
    const result = await engine.submit({
      type: "ChangeLocation",
      actor: c.get("actor"),
      locationId,
      ...(name !== undefined && { name }),
      ...(priority !== undefined && { priority }),
      ...(active !== undefined && { active }),
      ...versionIn(c.req.valid("header")["if-match"]),
    });
    if (!result.ok) return answerRefusal(c, result);
    const { subject } = result.value;
    return answerTagged(c, locationSchema, subject, subject.version);
  });
}

function placeOf(location: Read<Location>): Place {
  const { id } = location;
  return { id, priority: location instanceof Unreadable ? Number.MAX_SAFE_INTEGER : location.priority };
}

function isBehind({ priority, id }: Place, after: Place): boolean {
  return priority === after.priority ? byCodePoint(id, after.id) > 0 : priority > after.priority;
}
