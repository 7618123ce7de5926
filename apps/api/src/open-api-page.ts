import { headerComponents } from "@holdfast/http-contract";
import { answer, json } from "./answer.ts";
import type { App } from "./app-parts.ts";
import { openApiInfo } from "./open-api-info.ts";

/**
 * `/openapi.json`: the document, made once, when it is first asked for. Making it takes some 30 ms, in which the process answers
 * no order, and anyone may ask.
 */
export function openApiPage(app: App): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    description: "`Authorization: Bearer <key>`. The roles of a call are the scopes that a key needs.",
  });
  for (const [name, header] of Object.entries(headerComponents)) {
    app.openAPIRegistry.registerComponent("headers", name, header);
  }
  let document: string | undefined;
  app.get("/openapi.json", (c) => {
    document ??= JSON.stringify(besideReferences(app.getOpenAPI31Document(openApiInfo)));
    return answer(c, 200, document, json);
  });
}

/**
 * The document with descriptions beside the `$ref` that they are about, as OpenAPI 3.1 allows. The generator writes an `allOf` of both,
 * of which client generators make a type of its own.
 */
function besideReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(besideReferences);
  if (typeof node !== "object" || node === null) return node;
  const { allOf, ...rest } = node as { readonly allOf?: readonly object[] };
  const [first = {}, ...others] = allOf ?? [];
  const isNoted = "$ref" in first && others.every((other) => Object.keys(other).every((key) => annotations.has(key)));
  const flat = isNoted ? Object.assign({}, first, ...others, rest) : node;
  return Object.fromEntries(Object.entries(flat as object).map(([key, value]) => [key, besideReferences(value)]));
}

/** The keywords for people, which restrict nothing. */
const annotations: ReadonlySet<string> = new Set(["description", "example", "examples", "deprecated"]);
