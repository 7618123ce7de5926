import { createRoute as createOpenRoute, type RouteConfig } from "@hono/zod-openapi";
import { idempotencyHeaders } from "./idempotency-headers.ts";
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
  const description = isRepeatable(described) ? `${config.description ?? ""} ${repeatable}`.trim() : config.description;
  const route = createOpenRoute<Path, Config>({ ...config, description } as unknown as Config);
  return Object.assign(route, { security: [{ apiKey: [scope] }] });
}

const repeatable =
  "It takes no `Idempotency-Key`: it creates nothing, and its path and body say whether it was done before.";

/** A call that changes something, and creates nothing that a claim could stand on. */
function isRepeatable(described: Pick<RouteConfig, "method" | "request">): boolean {
  return described.method === "post" && !takesIdempotencyKey(described);
}

/** Whether a call creates something, and its `Idempotency-Key` makes a repeat harmless. */
export function takesIdempotencyKey({ request }: Pick<RouteConfig, "request">): boolean {
  return request?.headers === idempotencyHeaders;
}

/** The scope that a call asks for; `undefined` for one that asks for no key. */
export function scopeOf(route: object): Scope | undefined {
  const { security } = route as Pick<RouteConfig, "security">;
  return security?.[0]?.["apiKey"]?.[0] as Scope | undefined;
}
