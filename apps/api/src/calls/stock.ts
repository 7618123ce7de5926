import {
  type AdjustmentId,
  type Affected,
  type CommandOf,
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
  locationWith,
  movementPage,
  type Queries,
  RecordUnreadable,
  unreadableRecords,
} from "@holdfast/engine";
import {
  explanationSchema,
  reconciliationSchema,
  routes,
  type stockAdjustmentRequestSchema,
  stockAdjustmentsSchema,
} from "@holdfast/http-contract";
import { z } from "zod";
import { answerPage, readPage } from "../answer-page.ts";
import { answerFailure, answerProblem } from "../answer-problem.ts";
import { answerShown } from "../answer-shown.ts";
import type { App, AppParts } from "../app-parts.ts";
import { adjustmentView, correctionView, explanationView, movementView } from "../views.ts";
import { commandCalls } from "./command-call.ts";
import { answersToEach } from "./stock-batches.ts";
import { ledgerOf, shortageIn } from "./stock-counts.ts";

type AdjustmentRequest = z.output<typeof stockAdjustmentRequestSchema>;

const movementPlace = z
  .tuple([z.literal("movement"), z.int().min(0), z.string(), z.int().min(0)])
  .transform(([, at, id, index]) => ({ at: at as Instant, id, index }));

export function stockCalls(app: App, parts: AppParts): void {
  const { engine, queries, newId } = parts;
  const commandCall = commandCalls(app, parts);
  const adjustmentOf = (body: AdjustmentRequest) => {
    const { locationId = mainLocation, note, reference, ...rest } = affectedIn(shortageIn(body));
    return {
      adjustmentId: `adj_${newId()}` as AdjustmentId,
      ...rest,
      locationId,
      ...(note !== undefined && { note }),
      ...(reference !== undefined && { reference }),
    };
  };

  commandCall(routes.adjustStock, "AdjustStock", ({ body }) => adjustmentOf(body), adjustmentView, ledgerOf);

  app.openapi(routes.adjustManyStocks, async (c) => {
    const { adjustments } = c.req.valid("json");
    const data = await answersToEach<AdjustmentRequest, CommandOf<"AdjustStock">>(
      c,
      engine,
      adjustments,
      (adjustment) => ({ type: "AdjustStock", ...adjustmentOf(adjustment) }),
    );
    const [one] = adjustments;
    return answerShown(c, stockAdjustmentsSchema, { data }, 201, { ...(one && { Location: ledgerOf(one) }) });
  });

  app.openapi(routes.listMovements, async (c) => {
    const { sku, ...paging } = c.req.valid("query");
    const page = await readPage(paging, {
      place: movementPlace,
      read: (each) => movementPage(queries, sku, each),
      placeOf: ({ place }) => ["movement", place.at, place.id, place.index],
    });
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    if (!(await isThere(queries, sku))) return answerFailure(c, { code: "product_not_found", skus: [sku] });
    const items = page.items.map(({ movement }) => movement);
    return answerPage(c, routes.listMovements, { ...page, items }, movementView);
  });

  commandCall(
    routes.correctStock,
    "CorrectStock",
    ({ body }) => ({
      correctionId: `cor_${newId()}` as CorrectionId,
      locationId: mainLocation,
      ...shortageIn(body),
      expected: {
        ...body.expected,
        unsellableStock: body.expected.unsellableStock ?? 0,
        incomingStock: body.expected.incomingStock ?? 0,
      },
    }),
    correctionView,
    ({ sku, locationId }) => `/v1/stock-levels/${encodeURIComponent(sku)}/${encodeURIComponent(locationId)}/explain`,
  );

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
    const unreadable = [...new Map(found.map((each) => [`${each.kind} ${each.id}`, each])).values()];
    const ok = drift.length + unreadable.length === 0;
    return answerShown(c, reconciliationSchema, { ok, levelsChecked, drift, unreadable });
  });

  app.openapi(routes.explainLevel, async (c) => {
    const { sku, location: locationId } = c.req.valid("param");
    const { at } = c.req.valid("query");
    const [there, now] = [await isThere(queries, sku), await queries.now()];
    if (!there) return answerFailure(c, { code: "product_not_found", skus: [sku] });
    if ((await locationWith(queries, locationId)) === undefined)
      return answerFailure(c, { code: "location_not_found", locationIds: [locationId] });
    const asked = at === undefined ? undefined : (Date.parse(at) as Instant);
    if (asked !== undefined && asked > now) {
      return answerProblem(c, "malformed_request", { errors: [{ path: "at", message: "must not be in the future" }] });
    }
    const explanation = await explainLevel(queries, { sku, locationId }, asked);
    return answerShown(c, explanationSchema, explanationView(explanation, asked ?? now));
  });
}

/** What changes nothing but the total says so in no field. */
function affectedIn<Body extends { readonly affects?: Affected | undefined }>({ affects, ...body }: Body) {
  return { ...body, ...(affects !== undefined && affects !== "TOTAL" && { affects }) };
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
