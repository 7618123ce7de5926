import type { RouteConfig } from "@hono/zod-openapi";
import { describe, expect, test } from "vitest";
import { createRoute, scopesOf, sentAgainOf, takesIdempotencyKey } from "./create-route.ts";
import * as routes from "./routes.ts";
import { scopes } from "./scopes.ts";

describe.each(Object.values(routes).map((route) => ({ ...route, call: `${route.method} ${route.path}` })))(
  "$call",
  (route) => {
    test("takes an Idempotency-Key exactly if it is a POST that creates, or changes lines, and says what a late repeat does exactly if it changes something", () => {
      const { method, responses, operationId } = route as RouteConfig;
      const takes = takesIdempotencyKey(route as RouteConfig);
      expect(takes).toBe((method === "post" && responses[201] !== undefined) || operationId === "orders.changeLines");
      expect(sentAgainOf(route) !== undefined).toBe(method !== "get");
    });

    test("has no field that OpenAPI does not know: generators refuse such a document", () => {
      const known = [
        "operationId",
        "method",
        "path",
        "tags",
        "summary",
        "description",
        "request",
        "responses",
        "security",
      ];
      expect(Object.keys(route).filter((field) => field !== "call" && !known.includes(field))).toEqual([]);
    });

    test("asks for a scope exactly if it is below /v1", () => {
      const asked = scopesOf(route);
      expect(asked.length > 0).toBe(route.path.startsWith("/v1/"));
      expect(asked.every((scope) => scopes.includes(scope))).toBe(true);
    });
  },
);

test("does not compile without a scope, nor with one that there is not", () => {
  const rest = {
    operationId: "any.thing",
    method: "get",
    path: "/v1/anything",
    summary: "A call",
    responses: {},
  } as const;
  // @ts-expect-error it does not say its scope
  createRoute(rest);
  // @ts-expect-error there is no such scope
  createRoute({ ...rest, scope: "orders:everything" });
  // @ts-expect-error it changes something, and does not say what a late repeat does
  createRoute({ ...rest, method: "post", scope: "stock:write" });
  expect(scopesOf(createRoute({ ...rest, scope: "stock:write" }))).toEqual(["stock:write"]);
  expect(scopesOf(createRoute({ ...rest, scope: "stock:write", forShoppers: true }))).toEqual([
    "stock:write",
    "checkout",
  ]);
});
