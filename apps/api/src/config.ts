import {
  type Actor,
  type AllocationPolicy,
  allocationPolicies,
  type ExtendPolicy,
  extendPolicies,
  type LatePaymentPolicy,
  latePaymentPolicies,
  limits,
  type ReservationBounds,
} from "@holdfast/domain";
import { keyNameSchema } from "@holdfast/http-contract";
import { logLevel, oneOf, readEnvironment, redisUrl, wholeNumber } from "@holdfast/runtime";
import { z } from "zod";
import { type AppSettings, type FulfilOn, fulfilMoments } from "./app-parts.ts";
import { isLoopback } from "./open-door.ts";
import { canSharePort, httpThreadsDefault } from "./threads/shared-port.ts";

const apiKeys = z
  .string()
  .default("")
  .transform((text, context) => {
    const keys = new Map<string, Actor>();
    for (const pair of text.split(",").filter((part) => part.trim() !== "")) {
      const [, name = "", key = ""] = /^([^=]+)=(.{16,})$/.exec(pair.trim()) ?? [];
      if (!keyNameSchema.safeParse(name).success || keys.has(key)) {
        context.addIssue(
          "must be name=key,name=key with names of a-z 0-9 - (not worker or anonymous) and keys of 16 characters or more, each once",
        );
        return z.NEVER;
      }
      keys.set(key, name as Actor);
    }
    return keys;
  });

/** 0: no bound. */
const unitsMax = wholeNumber(0, limits.totalStockMax, "units").optional();

/** An origin as a browser sends it: scheme, host, and a port where it is not the scheme's own. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

function hintFor(text: string): string {
  const likely = /^https?:\/\//.test(text) ? text : `https://${text}`;
  const meant = URL.canParse(likely) ? new URL(likely).origin : undefined;
  return meant !== undefined && isOrigin(meant) ? `: ${meant} rather than ${text}` : "";
}

/** The environment variables of every process that serves the API. */
export const apiVariables = {
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  HTTP_THREADS: wholeNumber(1, 64, "threads")
    .refine((threads) => threads === 1 || canSharePort, "must be 1 on this system: its threads cannot share a port")
    .default(httpThreadsDefault()),
  API_KEYS: apiKeys,
  RATE_LIMIT_PER_SECOND: wholeNumber(0, limits.rateLimitPerSecondMax, "requests").optional(),
  HOLD_SECONDS: wholeNumber(limits.holdSecondsMin, limits.holdSecondsMax, "seconds").default(300),
  HOLD_SECONDS_MAX: wholeNumber(limits.holdSecondsMin, limits.holdSecondsMax, "seconds").default(limits.holdSecondsMax),
  EXTEND_FOR: oneOf(extendPolicies).default("any"),
  ALLOCATE_BY: oneOf(allocationPolicies).default("priority"),
  HELD_UNITS_PER_CUSTOMER_MAX: unitsMax,
  HELD_UNITS_PER_KEY_MAX: unitsMax,
  LATE_PAYMENT: oneOf(latePaymentPolicies).default("refund"),
  FULFIL_ON: oneOf(fulfilMoments).default("request"),
  BODY_BYTES_MAX: wholeNumber(1_024, 10_485_760, "bytes").default(262_144),
  FEED_READERS_PER_KEY_MAX: wholeNumber(0, limits.feedReadersMax, "readers").default(100),
  CORS_ORIGINS: z
    .string()
    .default("")
    .transform((text, context) => {
      if (text === "*") return "*" as const;
      const origins = text
        .split(",")
        .map((origin) => origin.trim())
        .filter((origin) => origin !== "");
      const odd = origins.find((origin) => !isOrigin(origin));
      if (odd === undefined) return origins;
      context.addIssue(
        `must be origins as browsers send them, such as https://shop.example, comma-separated${hintFor(odd)}`,
      );
      return z.NEVER;
    }),
  LOG_LEVEL: logLevel().default("info"),
  DRAIN_NOTICE_MS: wholeNumber(0, 60_000, "milliseconds").default(1_000),
};

/** The app's settings out of a parsed environment. */
export function appSettings(config: {
  readonly HOST: string;
  readonly API_KEYS: ReadonlyMap<string, Actor>;
  readonly RATE_LIMIT_PER_SECOND?: number | undefined;
  readonly HOLD_SECONDS: number;
  readonly HOLD_SECONDS_MAX: number;
  readonly EXTEND_FOR: ExtendPolicy;
  readonly ALLOCATE_BY: AllocationPolicy;
  readonly HELD_UNITS_PER_CUSTOMER_MAX?: number | undefined;
  readonly HELD_UNITS_PER_KEY_MAX?: number | undefined;
  readonly LATE_PAYMENT: LatePaymentPolicy;
  readonly FULFIL_ON: FulfilOn;
  readonly BODY_BYTES_MAX: number;
  readonly FEED_READERS_PER_KEY_MAX: number;
  readonly CORS_ORIGINS: "*" | readonly string[];
}): AppSettings {
  return {
    apiKeys: config.API_KEYS,
    mayBeOpen: isLoopback(config.HOST),
    ...(config.RATE_LIMIT_PER_SECOND === undefined ? {} : { rateLimitPerSecond: config.RATE_LIMIT_PER_SECOND }),
    holdSeconds: config.HOLD_SECONDS,
    // An order that does not say how long must be placed in any case.
    holdSecondsMax: Math.max(config.HOLD_SECONDS_MAX, config.HOLD_SECONDS),
    extendFor: config.EXTEND_FOR,
    allocateBy: config.ALLOCATE_BY,
    reservationBounds: {
      keyed: reservationBounds(config, unitsPerCustomerDefault),
      open: reservationBounds(config, 0),
    },
    latePayment: config.LATE_PAYMENT,
    fulfilOn: config.FULFIL_ON,
    bodyBytesMax: config.BODY_BYTES_MAX,
    feedReadersPerKeyMax: config.FEED_READERS_PER_KEY_MAX,
    corsOrigins: config.CORS_ORIGINS,
  };
}

/**
 * How many units one customer of a caller with a key may reserve at a time, so that none can block the whole stock. A normal cart fits
 * in many times. A key has no bound unless one is set: the key of a storefront reserves for all its shoppers.
 */
const unitsPerCustomerDefault = 100;

function reservationBounds(
  config: {
    readonly HELD_UNITS_PER_CUSTOMER_MAX?: number | undefined;
    readonly HELD_UNITS_PER_KEY_MAX?: number | undefined;
  },
  customerDefault: number,
): ReservationBounds {
  const { HELD_UNITS_PER_CUSTOMER_MAX: customer = customerDefault, HELD_UNITS_PER_KEY_MAX: key = 0 } = config;
  return { ...(customer > 0 && { unitsPerCustomerMax: customer }), ...(key > 0 && { unitsPerKeyMax: key }) };
}

/** The default settings, which tests and benchmarks use. */
export const defaultSettings: AppSettings = appSettings(z.object(apiVariables).parse({}));

const configSchema = z.object({
  ...apiVariables,
  DATABASE_URL: z
    .string({ error: "is missing; give a mongodb:// URL" })
    .regex(
      /^mongodb(\+srv)?:\/\//,
      "must be a mongodb:// URL (for SQLite run `npx holdfast serve`, in the repository `pnpm start`)",
    ),
  REDIS_URL: redisUrl().optional(),
});

export type ApiConfig = z.infer<typeof configSchema>;

/** Reads the API's configuration from `.env`, if there is one, and the environment, which wins. */
export function readApiConfig(): ApiConfig {
  return readEnvironment(configSchema);
}
