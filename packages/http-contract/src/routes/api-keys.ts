import { z } from "@hono/zod-openapi";
import { apiKeyRequestSchema, apiKeySchema, createdApiKeySchema } from "../api-key-schemas.ts";
import { body, createRoute, idempotencyHeaders, json } from "../create-route.ts";
import { pageOf, pagingQuery } from "../paging.ts";

export const createApiKey = createRoute({
  operationId: "apiKeys.create",
  method: "post",
  path: "/v1/api-keys",
  tags: ["API keys"],
  summary: "Make an API key, which is shown this once",
  description:
    "A request that comes again with the same `Idempotency-Key` makes no second key, and cannot show the first one again, which is not kept: 409 `api_key_exists` names its id. Revoke that one, and ask with another `Idempotency-Key`. A name that a living key has is refused with 409 `api_key_name_taken`, unless the request says `rotates`.",
  sentAgain: "409 `api_key_name_taken`; with `rotates` another key.",
  scope: "admin",
  request: { headers: idempotencyHeaders, body: body(apiKeyRequestSchema) },
  problems: ["api_key_exists", "api_key_name_taken", "too_many_api_keys"],
  responses: { 201: json(createdApiKeySchema, "The key.") },
});

export const listApiKeys = createRoute({
  operationId: "apiKeys.list",
  method: "get",
  path: "/v1/api-keys",
  tags: ["API keys"],
  summary: "List API keys, newest first, revoked ones too",
  description: "Keys that stand in API_KEYS are not among them.",
  scope: "admin",
  request: { query: z.strictObject(pagingQuery) },
  responses: { 200: json(pageOf("ApiKey", apiKeySchema), "A page.") },
});

export const revokeApiKey = createRoute({
  operationId: "apiKeys.revoke",
  method: "post",
  path: "/v1/api-keys/{id}/revoke",
  tags: ["API keys"],
  summary: "Revoke an API key, for good",
  description: "At once in the process that answers, within 5 seconds in every other.",
  sentAgain: "nothing is done: a key ends once.",
  scope: "admin",
  request: { params: z.object({ id: z.string().max(64).openapi({ description: "The key's id." }) }) },
  problems: ["api_key_not_found"],
  responses: { 200: json(apiKeySchema, "The key.") },
});
