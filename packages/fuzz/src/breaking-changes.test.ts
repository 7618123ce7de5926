import { expect, test } from "vitest";
import { breakingChanges, endsWithoutNotice } from "./breaking-changes.ts";
import type { OpenApiDocument } from "./described-calls.ts";

/** A document with one call, in every form that is compared. */
function document() {
  const object = (properties: object, required: readonly string[] = []) => ({ type: "object", properties, required });
  const event = (type: string) => object({ type: { type: "string", enum: [type] } }, ["type"]);
  return {
    paths: {
      "/things": {
        post: {
          operationId: "things.make",
          tags: ["Things"],
          deprecated: false,
          security: [{ apiKey: ["things:write"] }],
          parameters: [{ name: "limit", in: "query", required: false, schema: { type: "integer", maximum: 200 } }],
          requestBody: {
            required: false,
            content: {
              "application/json": {
                schema: object(
                  {
                    size: { type: ["integer", "null"], minimum: 1, maximum: 10 },
                    kind: { type: "string", enum: ["a", "b"] },
                    name: { type: "string", maxLength: 20 },
                  },
                  ["size"],
                ),
              },
            },
          },
          responses: {
            "200": {
              headers: { ETag: {} },
              content: {
                "application/json": {
                  schema: object(
                    {
                      id: { type: "string", maxLength: 20 },
                      at: { type: "string", format: "date-time" },
                      status: { type: "string", enum: ["NEW"] },
                      count: { type: "integer", minimum: 0, maximum: 100 },
                      parts: { type: "array", items: { anyOf: [event("Made"), event("Lost")] } },
                    },
                    ["id", "status"],
                  ),
                },
              },
            },
            "404": { headers: {}, content: {} },
          },
        },
      },
    },
    components: { schemas: { Thing: { type: "string" } } as Record<string, object> },
  };
}

const places = {
  call: ["paths", "/things", "post"],
  parameter: ["paths", "/things", "post", "parameters", "0"],
  body: ["paths", "/things", "post", "requestBody", "content", "application/json", "schema"],
  answers: ["paths", "/things", "post", "responses"],
  answer: ["paths", "/things", "post", "responses", "200", "content", "application/json", "schema"],
  schemas: ["components", "schemas"],
} as const;

/** What has changed when one value in the document is another one; `undefined` takes it away. */
function changed(place: keyof typeof places, path: string, value: unknown): readonly string[] {
  const after = document();
  const steps = [...places[place], ...path.split(".").filter((step) => step !== "")];
  const last = steps.pop() ?? "";
  const parent = steps.reduce<Record<string, unknown>>(
    (each, step) => each[step] as Record<string, unknown>,
    after as unknown as Record<string, unknown>,
  );
  parent[last] = value;
  return breakingChanges(
    document() as unknown as OpenApiDocument,
    JSON.parse(JSON.stringify(after)) as OpenApiDocument,
  );
}

test.each([
  ["call", "", undefined, "POST /things: is gone"],
  ["call", "operationId", "things.create", "POST /things: operationId is things.create, and was things.make"],
  ["call", "tags.0", "Other", "POST /things: tag is Other, and was Things"],
  [
    "call",
    "security.0.apiKey.0",
    "admin",
    'POST /things: scopes is [{"apiKey":["admin"]}], and was [{"apiKey":["things:write"]}]',
  ],
  ["parameter", "name", "page", "POST /things: query limit is gone"],
  ["parameter", "required", true, "POST /things: query limit is required"],
  ["parameter", "schema.maximum", 100, "POST /things: query limit has the maximum 100"],
  ["call", "requestBody.required", true, "POST /things: a body is required"],
  ["call", "requestBody", undefined, "POST /things: takes no body"],
  ["body", "properties.size.type", "integer", "POST /things: body.size may not be null"],
  ["body", "properties.size.minimum", 2, "POST /things: body.size has the minimum 2"],
  ["body", "properties.kind.enum", ["a"], "POST /things: body.kind may not be b"],
  ["body", "properties.name.enum", ["x"], "POST /things: body.name is one of a list"],
  ["body", "properties.name.pattern", "^x$", 'POST /things: body.name has the pattern "^x$"'],
  ["body", "properties.name.maxLength", 10, "POST /things: body.name has the maxLength 10"],
  ["body", "properties.name", undefined, "POST /things: body.name is gone"],
  ["body", "required", ["size", "kind"], "POST /things: body.kind is required"],
  ["body", "properties.name.anyOf", [{ type: "string" }], "POST /things: body.name has other variants"],
  ["answers", "200", undefined, "POST /things: 200 is gone"],
  ["answers", "202", {}, "POST /things: 202 is new"],
  ["answers", "200.content", { "text/plain": { schema: {} } }, "POST /things: 200 is no longer application/json"],
  ["answers", "200.headers", {}, "POST /things: 200 has no ETag"],
  ["answer", "properties.id", undefined, "POST /things: 200.id is gone"],
  ["answer", "properties.id.type", ["string", "null"], "POST /things: 200.id may be null"],
  ["answer", "properties.id.type", undefined, "POST /things: 200.id may be anything"],
  ["answer", "required", ["id"], "POST /things: 200.status may be missing"],
  ["answer", "properties.at.format", "date", "POST /things: 200.at has the format date, and had date-time"],
  ["answer", "properties.status.enum", undefined, "POST /things: 200.status is no longer one of a list"],
  ["answer", "properties.count.maximum", 1_000, "POST /things: 200.count has the maximum 1000"],
  ["answer", "properties.count.minimum", -1, "POST /things: 200.count has the minimum -1"],
  [
    "answer",
    "properties.parts.items.anyOf.1.properties.type.enum.0",
    "Gone",
    "POST /things: 200.parts[]: Lost is gone",
  ],
  ["answer", "properties.parts.items.anyOf.2", { type: "string" }, "POST /things: 200.parts[] has another variant"],
  ["schemas", "Thing", undefined, "Thing: no schema has this name any more"],
] as const)("finds that a client breaks where %s %s becomes %j", (place, path, value, change) => {
  expect(changed(place, path, value)).toEqual([change]);
});

test.each([
  ["call", "deprecated", true],
  ["call", "summary", "Another text"],
  ["parameter", "schema.maximum", 500],
  ["call", "parameters.1", { name: "sku", in: "query", required: false, schema: { type: "string" } }],
  ["body", "properties.kind.enum", ["a", "b", "c"]],
  ["body", "properties.name.maxLength", 30],
  ["body", "properties.note", { type: "string" }],
  ["body", "required", []],
  ["answers", "409", {}],
  ["answers", "404", undefined],
  ["answers", "200.headers.Location", {}],
  ["answer", "properties.note", { type: "string" }],
  ["answer", "required", ["id", "status", "count"]],
  ["answer", "properties.status.enum", ["NEW", "OLD"]],
  ["answer", "properties.count.maximum", 50],
  ["answer", "properties.id.maxLength", 50],
  [
    "answer",
    "properties.parts.items.anyOf.2",
    { type: "object", properties: { type: { type: "string", enum: ["Found"] } } },
  ],
  ["schemas", "Other", { type: "string" }],
] as const)("lets %s %s become %j", (place, path, value) => {
  expect(changed(place, path, value)).toEqual([]);
});

test("finds a deprecated call whose answers do not say when it ends", () => {
  const made = document();
  const { post } = made.paths["/things"];
  const ending = () => endsWithoutNotice(made as unknown as OpenApiDocument);
  expect(ending()).toEqual([]);
  post.deprecated = true;
  expect(ending()).toEqual(["POST /things"]);
  const headers = { ETag: {}, Deprecation: {}, Sunset: {} };
  post.responses["200"].headers = headers;
  expect(ending()).toEqual(["POST /things"]);
  post.responses["404"].headers = headers;
  expect(ending()).toEqual([]);
});
