import { type Actor, unreachable } from "@holdfast/domain";
import { type ApiKeyCreation, type ApiKeyId, createApiKey, readable } from "@holdfast/engine";
import { apiKeySchema, createdApiKeySchema, routes } from "@holdfast/http-contract";
import type { Context } from "hono";
import { z } from "zod";
import { answerPage, readPage } from "../answer-page.ts";
import { answerProblem } from "../answer-problem.ts";
import { answerShown } from "../answer-shown.ts";
import type { App, AppEnv, AppParts } from "../app-parts.ts";
import type { KeyRing } from "../key-ring.ts";
import { claimOf } from "./command-call.ts";

const keyPlace = z.tuple([z.literal("api-key"), z.string()]).transform(([, id]) => id as ApiKeyId);

export function apiKeyCalls(app: App, parts: AppParts, keyRing: KeyRing): void {
  const { apiKeys, queries, newId, logger, settings } = parts;
  app.openapi(routes.createApiKey, async (c) => {
    const request = c.req.valid("json");
    const { name, scopes, rateLimitPerSecond, rotates } = request;
    const createdBy = c.get("actor");
    const created = await createApiKey(apiKeys, {
      id: `key_${newId()}` as ApiKeyId,
      name: name as Actor,
      scopes,
      ...(rateLimitPerSecond === undefined ? {} : { rateLimitPerSecond }),
      ...(rotates === undefined ? {} : { rotates }),
      ...claimOf(c, c.req.valid("header")["idempotency-key"], request),
      createdBy,
      now: await queries.now(),
      namesTaken: settings.apiKeys.values(),
    }).finally(() => keyRing.changed());
    if (created.kind !== "made") return refuse(c, created);
    logger.info({ id: created.record.id, name, scopes, rotates, actor: createdBy }, "API key made");
    return answerShown(c, createdApiKeySchema, { ...created.record, key: created.key }, 201, {
      "Cache-Control": "no-store",
      // The list: it is the newest entry there.
      Location: "/v1/api-keys",
    });
  });

  app.openapi(routes.listApiKeys, async (c) => {
    const page = await readPage(c.req.valid("query"), {
      place: keyPlace,
      read: (paging) => apiKeys.list(paging),
      placeOf: ({ id }) => ["api-key", id],
    });
    return page === undefined
      ? answerProblem(c, "invalid_cursor")
      : answerPage(c, routes.listApiKeys, page, (key) => key);
  });

  app.openapi(routes.revokeApiKey, async (c) => {
    const id = c.req.valid("param").id as ApiKeyId;
    const revoked = await apiKeys.revoke(id, await queries.now()).finally(() => keyRing.changed());
    if (revoked === undefined) return answerProblem(c, "api_key_not_found");
    logger.info({ id, actor: c.get("actor") }, "API key revoked");
    return answerShown(c, apiKeySchema, readable(revoked));
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
