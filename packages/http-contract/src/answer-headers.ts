/** The headers of answers, as `/openapi.json` describes them once for all calls. */
export const headerComponents = {
  RequestId: {
    description: "Names the request in Holdfast's log. Yours, where you sent an `X-Request-Id`.",
    required: true,
    schema: { type: "string" },
  },
  RateLimit: {
    description:
      "How many requests this key may still make, and for how many seconds that holds. Only of a key that has a limit.",
    schema: { type: "string", example: '"key";r=49;t=1' },
  },
  RateLimitPolicy: {
    description: "How many requests this key may make, and in how many seconds. Only of a key that has a limit.",
    schema: { type: "string", example: '"key";q=50;w=1' },
  },
  RetryAfter: {
    description: "After how many seconds the same request may be sent again.",
    schema: { type: "integer", example: 1 },
  },
  ETag: {
    description:
      "Names this state of what was read. Send it as `If-None-Match`: while nothing has changed, the answer is 304.",
    required: true,
    schema: { type: "string", example: 'W/"0.1.0-7"' },
  },
  Location: {
    description: "Where what was created is found.",
    required: true,
    schema: { type: "string", example: "/v1/orders/ord_01K9ZK3S6Q8W5V2N4M7R1T0YXB" },
  },
  IdempotentReplayed: {
    description: "`true` where the request had been done before, and this is its answer again.",
    schema: { type: "string", example: "true" },
  },
} as const;

type Component = keyof typeof headerComponents;

function named(header: string, component: Component) {
  return { [header]: { $ref: `#/components/headers/${component}` } };
}

/** The headers of a call's answers of one status. `takesKey`: it takes an `Idempotency-Key`. `isTagged`: it has an `ETag`. */
export function answerHeaders(status: number, { takesKey = false, isTagged = false } = {}) {
  return {
    ...named("X-Request-Id", "RequestId"),
    ...named("RateLimit", "RateLimit"),
    ...named("RateLimit-Policy", "RateLimitPolicy"),
    ...(status === 429 || status === 503 ? named("Retry-After", "RetryAfter") : {}),
    ...(isTagged && (status === 200 || status === 304) ? named("ETag", "ETag") : {}),
    ...(status === 201 ? named("Location", "Location") : {}),
    ...(takesKey && (status === 201 || (status === 200 && isTagged))
      ? named("Idempotent-Replayed", "IdempotentReplayed")
      : {}),
  };
}
