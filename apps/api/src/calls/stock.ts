import {
  type AdjustmentId,
  type CorrectionId,
  type Drift,
  driftOf,
  type Instant,
  mainLocation,
  type Sku,
  Unreadable,
} from "@holdfast/domain";
import {
  everyRecount,
  explainLevel,
  movementPage,
  type Queries,
  RecordUnreadable,
  unreadableRecords,
} from "@holdfast/engine";
import { decodeCursor, encodeCursor, routes } from "@holdfast/http-contract";
import { z } from "zod";
import { answerFailure, answerProblem } from "../answer-problem.ts";
import type { App, AppParts } from "../app-parts.ts";
import { claimOf } from "../claim-of.ts";
import {
  listed,
  presentAdjustment,
  presentCorrection,
  presentExplanation,
  presentMovement,
  presentRecords,
} from "../present.ts";

const movementPlace = z
  .tuple([z.literal("movement"), z.int().min(0), z.string(), z.int().min(0)])
  .transform(([, at, id, index]) => ({ at: at as Instant, id, index }));

export function stockCalls(app: App, { engine, queries, newId }: AppParts): void {
  app.openapi(routes.adjustStock, async (c) => {
    const body = c.req.valid("json");
    const key = c.req.valid("header")["idempotency-key"];
    const result = await engine.submit({
      type: "AdjustStock",
      actor: c.get("actor"),
      adjustmentId: `adj_${newId()}` as AdjustmentId,
      sku: body.sku,
      locationId: body.locationId ?? mainLocation,
      delta: body.delta,
      reason: body.reason,
      ...(body.reference === undefined ? {} : { reference: body.reference }),
      ...claimOf(c, key, body),
    });
    if (!result.ok) return answerFailure(c, result.failure);
    if (result.value.replayed) c.header("Idempotent-Replayed", "true");
    // The ledger, whose newest entry it is: an adjustment has no page of its own.
    c.header("Location", `/v1/stock-movements?sku=${encodeURIComponent(body.sku)}`);
    return c.json(presentAdjustment(result.value.subject), 201);
  });

  app.openapi(routes.listMovements, async (c) => {
    const { sku, limit, cursor } = c.req.valid("query");
    const after = cursor === undefined ? undefined : decodeCursor(cursor, movementPlace);
    if (cursor !== undefined && after === undefined) return answerProblem(c, "invalid_cursor");
    if (!(await isThere(queries, sku))) return answerFailure(c, { code: "product_not_found", skus: [sku] });
    const page = await movementPage(queries, sku, { limit: limit + 1, ...(after && { after }) });
    const data = page.slice(0, limit);
    const last = data.at(-1)?.place;
    const nextCursor = page.length > limit && last ? encodeCursor(["movement", last.at, last.id, last.index]) : null;
    return c.json({ data: data.map(({ movement }) => listed(presentMovement)(movement)), nextCursor }, 200);
  });

  app.openapi(routes.correctStock, async (c) => {
    const body = c.req.valid("json");
    const { sku, locationId = mainLocation, reason, expected } = body;
    const result = await engine.submit({
      type: "CorrectStock",
      actor: c.get("actor"),
      correctionId: `cor_${newId()}` as CorrectionId,
      sku,
      locationId,
      reason,
      expected,
      ...claimOf(c, c.req.valid("header")["idempotency-key"], body),
    });
    if (!result.ok) return answerFailure(c, result.failure);
    c.header("Location", `/v1/stock-levels/${encodeURIComponent(sku)}/${encodeURIComponent(locationId)}/explain`);
    if (result.value.replayed) c.header("Idempotent-Replayed", "true");
    return c.json(presentCorrection(result.value.subject), 201);
  });

  app.openapi(routes.reconcile, async (c) => {
    const { sku, levelsOnly } = c.req.valid("query");
    if (sku !== undefined && !(await isThere(queries, sku))) {
      return answerFailure(c, { code: "product_not_found", skus: [sku] });
    }
    const drift: Drift[] = [];
    let levelsChecked = 0;
    const found: Unreadable[] = [];
    for await (const recount of everyRecount(queries, sku)) {
      levelsChecked += 1;
      if (recount instanceof Unreadable) found.push(recount);
      else drift.push(...driftOf(recount));
      if (!(recount instanceof Unreadable) && recount.journalled instanceof Unreadable) found.push(recount.journalled);
    }
    if (levelsOnly !== "true") found.push(...(await unreadableRecords(queries, sku)));
    const unreadable = presentRecords([...new Map(found.map((each) => [`${each.kind} ${each.id}`, each])).values()]);
    return c.json({ ok: drift.length + unreadable.length === 0, levelsChecked, drift, unreadable }, 200);
  });

  app.openapi(routes.explainLevel, async (c) => {
    const { sku, location: locationId } = c.req.valid("param");
    const { at } = c.req.valid("query");
    const [there, now] = [await isThere(queries, sku), await queries.now()];
    if (!there) return answerFailure(c, { code: "product_not_found", skus: [sku] });
    const asked = at === undefined ? undefined : (Date.parse(at) as Instant);
    if (asked !== undefined && asked > now) {
      return answerProblem(c, "malformed_request", { errors: [{ path: "at", message: "must not be in the future" }] });
    }
    const explanation = await explainLevel(queries, { sku, locationId }, asked);
    return c.json(presentExplanation(explanation, asked ?? now), 200);
  });
}

/** Whether there is a product, readable or not: its stock is shown in both cases. */
export async function isThere(queries: Pick<Queries, "product">, sku: Sku): Promise<boolean> {
  try {
    return (await queries.product(sku)) !== undefined;
  } catch (error) {
    if (error instanceof RecordUnreadable) return true;
    throw error;
  }
}
