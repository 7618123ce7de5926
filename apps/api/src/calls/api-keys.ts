import type { Actor } from "@holdfast/domain";
import { type ApiKeyId, createApiKey } from "@holdfast/engine";
import { decodeCursor, encodeCursor, routes } from "@holdfast/http-contract";
import { z } from "zod";
import { answerProblem } from "../answer-problem.ts";
import type { App, AppParts } from "../app-parts.ts";
import type { KeyRing } from "../key-ring.ts";
import { presentApiKey } from "../present.ts";

const keyPlace = z.tuple([z.literal("api-key"), z.string().transform((id) => id as ApiKeyId)]);

export function apiKeyCalls(app: App, { apiKeys, queries, newId, logger }: AppParts, keyRing: KeyRing): void {
  app.openapi(routes.createApiKey, async (c) => {
    const { name, scopes, rateLimitPerSecond } = c.req.valid("json");
    const createdBy = c.get("actor");
    const now = await queries.now();
    const created = await createApiKey(apiKeys, {
      id: `key_${newId()}` as ApiKeyId,
      name: name as Actor,
      scopes,
      ...(rateLimitPerSecond === undefined ? {} : { rateLimitPerSecond }),
      createdBy,
      now,
    }).finally(() => keyRing.changed());
    if (created === undefined) return answerProblem(c, "too_many_api_keys");
    logger.info({ id: created.record.id, name, scopes, actor: createdBy }, "API key made");
    c.header("Cache-Control", "no-store");
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
    return c.json({ data: data.map(presentApiKey), nextCursor }, 200);
  });

  app.openapi(routes.revokeApiKey, async (c) => {
    const id = c.req.valid("param").id as ApiKeyId;
    const revoked = await apiKeys.revoke(id, await queries.now()).finally(() => keyRing.changed());
    if (revoked === undefined) return answerProblem(c, "api_key_not_found");
    logger.info({ id, name: revoked.name, actor: c.get("actor") }, "API key revoked");
    return c.json(presentApiKey(revoked), 200);
  });
}
