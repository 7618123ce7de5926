import { createRoute as createOpenRoute, type RouteConfig } from "@hono/zod-openapi";
import type { Scope } from "./scopes.ts";

/**
 * Describes a call below `/v1`, which has to say the scope that it asks for.
 *
 * The scope goes into the OpenAPI document as the role that the API key needs, and whoever guards the call reads it from
 * there: what is documented is what is asked for.
 */
export function createRoute<
  Path extends `/v1/${string}`,
  Config extends Omit<RouteConfig, "path" | "security"> & { path: Path },
>(described: Config & { readonly scope: Scope }) {
  const { scope, ...config } = described;
  const route = createOpenRoute<Path, Config>(config as unknown as Config);
  return Object.assign(route, { security: [{ apiKey: [scope] }] });
}

/** The scope that a call asks for; `undefined` for one that asks for no key. */
export function scopeOf(route: object): Scope | undefined {
  const { security } = route as Pick<RouteConfig, "security">;
  return security?.[0]?.["apiKey"]?.[0] as Scope | undefined;
}
