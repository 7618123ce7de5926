import { z } from "@hono/zod-openapi";
import { body, createRoute, idempotencyHeaders, json, matchHeaders } from "../create-route.ts";
import { locationChangeSchema, locationRequestSchema, locationSchema } from "../location-schemas.ts";
import { pageOf, pagingQuery } from "../paging.ts";
import { locationIdSchema } from "../value-schemas.ts";

const locationParam = z.object({ id: locationIdSchema });

export const createLocation = createRoute({
  operationId: "locations.create",
  method: "post",
  path: "/v1/locations",
  tags: ["Locations"],
  summary: "Open a place that holds stock",
  description: "Every shop begins with `main`. Stock is counted at places that there are, and nowhere else.",
  sentAgain: "409 `location_exists`.",
  scope: "catalogue:write",
  request: { headers: idempotencyHeaders, body: body(locationRequestSchema) },
  problems: ["location_exists"],
  responses: { 201: json(locationSchema, "The location.") },
});

export const listLocations = createRoute({
  operationId: "locations.list",
  method: "get",
  path: "/v1/locations",
  tags: ["Locations"],
  summary: "List locations",
  description: "In the order in which they promise stock: by priority, then by id.",
  scope: "catalogue:read",
  request: { query: z.strictObject(pagingQuery) },
  responses: { 200: json(pageOf("Location", locationSchema), "A page.") },
});

export const readLocation = createRoute({
  operationId: "locations.read",
  method: "get",
  path: "/v1/locations/{id}",
  tags: ["Locations"],
  summary: "Read a location",
  scope: "catalogue:read",
  request: { params: locationParam },
  problems: ["location_not_found"],
  responses: { 200: json(locationSchema, "The location.") },
});

export const changeLocation = createRoute({
  operationId: "locations.change",
  method: "patch",
  path: "/v1/locations/{id}",
  tags: ["Locations"],
  summary: "Change a location: its name, its priority, whether it is active",
  description:
    "Nothing new is promised at a location that is not active; what was promised there is confirmed, shipped and returned as ever, and its stock can be counted. A change that is there already answers the same, whatever `If-Match` says.",
  sentAgain: "what a later change has set is set back.",
  scope: "catalogue:write",
  request: { params: locationParam, headers: matchHeaders, body: body(locationChangeSchema) },
  problems: ["location_not_found", "location_changed"],
  responses: { 200: json(locationSchema, "The location.") },
});
