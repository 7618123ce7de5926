import type { Actor, HoldBounds, Instant } from "@holdfast/domain";
import type { Engine, Queries, ReservationCache } from "@holdfast/engine";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Logger } from "pino";

/** All that the app needs from outside. Building the app does no I/O. */
export interface AppParts {
  readonly engine: Pick<Engine, "submit">;
  readonly queries: Queries;
  readonly cache: ReservationCache;
  /** Makes the 26 characters behind `ord_` and `adj_`: they sort by time. */
  readonly newId: () => string;
  readonly logger: Logger;
  readonly settings: AppSettings;
  /** Whether each service behind the app answers. Never throws. `required`: without it nothing can be sold. */
  readonly health: readonly HealthCheck[];
}

export interface HealthCheck {
  readonly name: string;
  readonly required: boolean;
  readonly ok: () => Promise<boolean>;
}

export interface AppSettings {
  /** Names by key. Empty: every caller is let in, as `anonymous`. */
  readonly apiKeys: ReadonlyMap<string, Actor>;
  readonly holdSeconds: number;
  /** What a customer and a key may hold: for callers with a key, and where the door is open. */
  readonly holdBounds: { readonly keyed: HoldBounds; readonly open: HoldBounds };
  readonly bodyBytesMax: number;
  /** `*`, or the origins whose pages may call. */
  readonly corsOrigins: "*" | readonly string[];
}

/** What middleware leaves for the calls. */
export interface AppEnv {
  Variables: { actor: Actor; requestId: string };
}

export type App = OpenAPIHono<AppEnv>;

/** An instant as the API tells it. */
export function isoOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
