import type { Actor, AllocationPolicy, ExtendPolicy, LatePaymentPolicy, ReservationBounds } from "@holdfast/domain";
import type { ApiKeys, Clock, Engine, Logger, Queries, RateLimiter, ReservationCache, Timers } from "@holdfast/engine";
import type { AppMetrics } from "@holdfast/metrics";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppSchema } from "./app-schema.ts";
import type { Caller } from "./caller.ts";
import type { DocsFiles } from "./docs-page.ts";
import type { Pass } from "./key-ring.ts";

/** All that the app needs from outside. Building the app does no I/O. */
export interface AppParts {
  readonly engine: Pick<Engine, "submit">;
  readonly queries: Queries;
  readonly cache: ReservationCache;
  readonly apiKeys: ApiKeys;
  readonly rateLimiter: RateLimiter;
  /** Makes the 26 characters behind `ord_` and `adj_`: they sort by time. */
  readonly newId: () => string;
  readonly logger: Logger;
  readonly settings: AppSettings;
  /** Whether each service behind the app answers. Never throws. `required`: without it nothing can be sold. */
  readonly health: readonly HealthCheck[];
  /** This process's own unless a test sets it. */
  readonly clock?: Clock;
  /** What watches the app, and is shown at `/metrics`. Left out: there is no such page. */
  readonly metrics?: AppMetrics;
  /** The files of the page at `/docs`, by name. Left out: there is no such page. */
  readonly docsFiles?: DocsFiles;
  /** Aborts when the process has to stop: waiting readers of events are answered then. */
  readonly stopping?: AbortSignal;
  /** Calls back whenever another app of this process has made or revoked a key. Left out: there is no other. */
  readonly onKeysChanged?: (hear: () => void) => void;
  /** How readers of the feed wait; the process's own timers unless a test sets it. */
  readonly after?: Timers["after"];
}

/** What an app is given. Without a cache, limiter, health checks or ids it gets by with those of its own process. */
export type GivenParts = Omit<AppParts, Spared> & Partial<Pick<AppParts, Spared>>;

type Spared = "cache" | "rateLimiter" | "newId" | "health";

export interface HealthCheck {
  readonly name: string;
  readonly required: boolean;
  /** What is wrong, in words for callers; `undefined` if nothing is. */
  readonly trouble: () => Promise<string | undefined>;
}

/** When the goods of an order count as shipped. */
export const fulfilMoments = ["request", "confirm"] as const;
export type FulfilOn = (typeof fulfilMoments)[number];

export interface AppSettings {
  /** Names by key, from the environment. They may do everything. */
  readonly apiKeys: ReadonlyMap<string, Actor>;
  /** Whether to let everyone in, as `anonymous`, as long as no key has ever been made. */
  readonly mayBeOpen: boolean;
  /** For callers whose key has no limit of its own. Unset or 0: no limit. */
  readonly rateLimitPerSecond?: number;
  readonly holdSeconds: number;
  /** The most that a reservation may last, extensions included. */
  readonly holdSecondsMax: number;
  /** Whether a reservation is extended only while a payment is under way. */
  readonly extendFor: ExtendPolicy;
  /** From where the lines of orders come that name no place. */
  readonly allocateBy: AllocationPolicy;
  /** What a customer and a key may reserve: for callers with a key, and for those without. */
  readonly reservationBounds: { readonly keyed: ReservationBounds; readonly open: ReservationBounds };
  readonly latePayment: LatePaymentPolicy;
  /** When the goods of an order leave: `confirm`, as soon as it is paid; `request`, when a fulfilment is recorded. */
  readonly fulfilOn: FulfilOn;
  readonly bodyBytesMax: number;
  /** How many streams and waiting polls of the feed one key may have at a time; 0: as many as the process. */
  readonly feedReadersPerKeyMax: number;
  /** `*`, or the origins whose pages may call. */
  readonly corsOrigins: "*" | readonly string[];
}

/** Why a request was refused, and what it was about: for its line in the log. */
export interface Refusal {
  readonly code?: string;
  readonly orderId?: string;
  readonly skus?: readonly string[];
}

/** What is known of a request on its way through the app. */
export interface AppEnv {
  Variables: {
    requestId: string;
    /** The call that is meant, as the router knows it; `undefined` for a path or a method that there is not. */
    call: { readonly method: string; readonly path: string } | undefined;
    /** The headers that its answer will have, whatever that is. */
    headers: Record<string, string>;
    /** Whether `answer` has made the answer. */
    answered?: boolean;
    caller: Caller;
    actor: Actor;
    pass: Pass;
    /** Whether a token of the stream that it opens has let it in, in place of a key. */
    byStreamToken?: boolean;
    /** The text of its body; empty if there is none. */
    body: string;
    /** For its line in the log. */
    refusal?: Refusal;
  };
}

export type App = OpenAPIHono<AppEnv, AppSchema>;
