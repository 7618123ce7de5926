import { limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { scopes } from "./scopes.ts";
import { instantSchema } from "./value-schemas.ts";

/** Actors without a key: the sweep, a caller without a key, and an operator at the command line. */
export const reservedNames = ["worker", "anonymous", "command-line"] as const;

/** What a key may be called, in `API_KEYS` too. It is the actor in the ledger. */
export const keyNameSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, "must be 1 to 40 of a-z 0-9 -")
  .refine((name) => !reservedNames.some((reserved) => reserved === name), `must not be ${reservedNames.join(" or ")}`)
  .openapi({
    description: "Who the key's requests act as, in the ledger, and who owns their idempotency keys.",
    not: { enum: [...reservedNames] },
    example: "shop",
  });

const scopesSchema = z
  .array(z.enum(scopes).openapi("Scope", { description: "What a key may do." }))
  .min(1, "must name one scope or more")
  .max(scopes.length)
  .refine((held) => new Set(held).size === held.length, "must name each scope once")
  .refine(
    (held) => held.length === 1 || !held.includes("checkout"),
    "checkout must be a key's only scope: it is public",
  )
  .openapi({
    uniqueItems: true,
    not: { minItems: 2, contains: { const: "checkout" } } as { minItems: number },
    description:
      "What the key may do. `admin` may do everything; no other scope includes another one. `checkout` stands alone: a key that pages hold is public.",
    example: ["orders:read", "orders:write"],
  });

const rateLimitSchema = z.int().min(0).max(limits.rateLimitPerSecondMax).openapi({
  description: "Requests a second. 0: as many as come. If left out: RATE_LIMIT_PER_SECOND.",
  example: 500,
});

export const apiKeyRequestSchema = z
  .strictObject({
    name: keyNameSchema,
    scopes: scopesSchema,
    rateLimitPerSecond: rateLimitSchema.optional(),
    rotates: z.boolean().optional().openapi({
      description:
        "True: it may share its name with a key that lives, to take over from it. Both are one actor in the ledger then, and own the same idempotency keys.",
      example: false,
    }),
  })
  .openapi("ApiKeyRequest");

const kept = {
  id: z.string().openapi({ description: "The key's id; not secret.", example: "key_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
  name: z.string().openapi({ description: "Who its requests act as, in the ledger.", example: "shop" }),
  scopes: z.array(z.string()).openapi({ description: "What it may do.", example: ["orders:read", "orders:write"] }),
  rateLimitPerSecond: rateLimitSchema.optional(),
  createdAt: instantSchema.openapi({ description: "When it was made." }),
  createdBy: z.string().openapi({ description: "The actor who made it.", example: "operator" }),
};

export const apiKeySchema = z
  .object({ ...kept, revokedAt: instantSchema.optional().openapi({ description: "Since when it opens nothing." }) })
  .openapi("ApiKey");

export const createdApiKeySchema = z
  .object({
    ...kept,
    key: z.string().openapi({
      description: "To be sent as `Authorization: Bearer <key>`. Shown this once: Holdfast keeps only its hash.",
      example: "hf_3kTMd0kq2J5sVwYc8rXb1Zt6uNpEaGhLiQoFy9PnR4s",
    }),
  })
  .openapi("CreatedApiKey");
