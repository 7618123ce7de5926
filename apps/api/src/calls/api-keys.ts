import { type Actor, unreachable } from "@holdfast/domain";
import { type ApiKeyCreation, type ApiKeyId, createApiKey, readable } from "@holdfast/engine";
import { decodeCursor, encodeCursor, routes } from "@holdfast/http-contract";
import type { Context } from "hono";
import { z } from "zod";
import { answerProblem } from "../answer-problem.ts";
import type { App, AppEnv, AppParts } from "../app-parts.ts";
import { claimOf } from "../claim-of.ts";
import type { KeyRing } from "../key-ring.ts";
import { listed, presentApiKey } from "../present.ts";

const keyPlace = z.tuple([z.literal("api-key"), z.string().transform((id) => id as ApiKeyId)]);

export function apiKeyCalls(app: App, parts: AppParts, keyRing: KeyRing): void {
  const { apiKeys, queries, newId, logger, settings } = parts;
  app.openapi(routes.createApiKey, async (c) => {
    const wish = c.req.valid("json");
    const { name, scopes, rateLimitPerSecond, rotates } = wish;
    const createdBy = c.get("actor");
    const created = await createApiKey(apiKeys, {
      id: `key_${newId()}` as ApiKeyId,
      name: name as Actor,
      scopes,
      ...(rateLimitPerSecond === undefined ? {} : { rateLimitPerSecond }),
      ...(rotates === undefined ? {} : { rotates }),
      ...claimOf(c, c.req.valid("header")["idempotency-key"], wish),
      createdBy,
      now: await queries.now(),
      namesTaken: settings.apiKeys.values(),
    }).finally(() => keyRing.changed());
    if (created.kind !== "made") return refuse(c, created);
    logger.info({ id: created.record.id, name, scopes, rotates, actor: createdBy }, "API key made");
    c.header("Cache-Control", "no-store");
    // The list, whose newest entry it is.
    c.header("Location", "/v1/api-keys");
    return c.json({ ...presentApiKey(created.record), key: created.key }, 201);
  });

  app.openapi(routes.listApiKeys, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const place = cursor === undefined ? undefined : decodeCursor(cursor, keyPlace);
    if (cursor !== undefined && place === undefined) return answerProblem(c, "invalid_cursor");
    const page = await apiKeys.list({ limit: limit + 1, ...(place && { after: place[1] }) });
    const data = page.slice(0, limit);
    const last = data.at(-1);
    const nextCursor = page.length > limit && last ? encodeCursor(["api-key", last.id]) : null;
    return c.json({ data: data.map(listed(presentApiKey)), nextCursor }, 200);
  });

  app.openapi(routes.revokeApiKey, async (c) => {
    const id = c.req.valid("param").id as ApiKeyId;
    const revoked = await apiKeys.revoke(id, await queries.now()).finally(() => keyRing.changed());
    if (revoked === undefined) return answerProblem(c, "api_key_not_found");
    logger.info({ id, actor: c.get("actor") }, "API key revoked");
    return c.json(presentApiKey(readable(revoked)), 200);
  });
}

function refuse(c: Context<AppEnv>, created: Exclude<ApiKeyCreation, { readonly kind: "made" }>) {
  switch (created.kind) {
    case "exists":
      return answerProblem(c, "api_key_exists", { detail: `The key is ${created.record.id}.` });
    case "claim_reused":
      return answerProblem(c, "idempotency_key_reused");
    case "name_taken":
      return answerProblem(c, "api_key_name_taken");
    case "too_many":
      return answerProblem(c, "too_many_api_keys");
    default:
      return unreachable(created);
  }
}
