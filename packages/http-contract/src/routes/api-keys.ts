import { z } from "@hono/zod-openapi";
import { apiKeyRequestSchema, apiKeySchema, newApiKeySchema } from "../api-key-schemas.ts";
import { createRoute } from "../create-route.ts";
import { body, json } from "../json-content.ts";
import { pageOf, pagingQuery } from "../paging.ts";
import { problemAnswers } from "../problem.ts";

export const createApiKey = createRoute({
  method: "post",
  path: "/v1/api-keys",
  tags: ["API keys"],
  summary: "Make an API key, which is shown this once",
  description:
    "Takes no `Idempotency-Key`: a replay would have to show the key again, and it is not kept. A request whose answer was lost may have made a key that nobody knows: find it in the list, revoke it, and ask again.",
  scope: "admin",
  request: { body: body(apiKeyRequestSchema) },
  responses: { 201: json(newApiKeySchema, "The key."), ...problemAnswers(400, 409, 413, 415) },
});

export const listApiKeys = createRoute({
  method: "get",
  path: "/v1/api-keys",
  tags: ["API keys"],
  summary: "List API keys, newest first, revoked ones too",
  description: "Keys that stand in API_KEYS are not among them.",
  scope: "admin",
  request: { query: z.strictObject(pagingQuery) },
  responses: { 200: json(pageOf(apiKeySchema), "A page."), ...problemAnswers(400) },
});

export const revokeApiKey = createRoute({
  method: "post",
  path: "/v1/api-keys/{id}/revoke",
  tags: ["API keys"],
  summary: "Revoke an API key, for good",
  description: "At once in the process that answers, within 5 seconds in every other. A repeat answers the same.",
  scope: "admin",
  request: { params: z.object({ id: z.string().max(64) }) },
  responses: { 200: json(apiKeySchema, "The key."), ...problemAnswers(400, 404, 413, 415) },
});
