import {
  type Balances,
  emptyLevel,
  type LevelName,
  type LevelSettings,
  type LocationId,
  levelNameOf,
  type Read,
  type Sku,
  Unreadable,
} from "@holdfast/domain";
import { type LowStock, locationWith, lowStockPage, type Shortage, shortagePage } from "@holdfast/engine";
import { routes, soleLevelSchema } from "@holdfast/http-contract";
import { z } from "zod";
import { answerPage, readPage } from "../answer-page.ts";
import { answerFailure, answerProblem, answerRefusal } from "../answer-problem.ts";
import { answerTagged } from "../answer-shown.ts";
import type { App, AppParts } from "../app-parts.ts";
import { openApiInfo } from "../open-api-info.ts";
import { levelView } from "../views.ts";

const shortagePlace = z
  .tuple([z.literal("shortage"), z.string(), z.string()])
  .transform(([, sku, locationId]) => ({ sku: sku as Sku, locationId: locationId as LocationId }));

const lowPlace = z
  .tuple([z.literal("low"), z.string(), z.string()])
  .transform(([, sku, locationId]) => ({ sku: sku as Sku, locationId: locationId as LocationId }));

export function levelCalls(app: App, { engine, queries }: AppParts): void {
  app.openapi(routes.readLevel, async (c) => {
    const { sku, location: locationId } = c.req.valid("param");
    const found = await queries.product(sku);
    if (found === undefined) return answerFailure(c, { code: "product_not_found", skus: [sku] });
    if ((await locationWith(queries, locationId)) === undefined)
      return answerFailure(c, { code: "location_not_found", locationIds: [locationId] });
    const level = found.levels.find((each) => each.locationId === locationId) ?? emptyLevel(sku, locationId);
    return answerTagged(c, soleLevelSchema, levelView(level), stateOf(level));
  });

  app.openapi(routes.listShortages, async (c) => {
    const page = await readPage(c.req.valid("query"), {
      place: shortagePlace,
      read: (paging) => shortagePage(queries, paging),
      placeOf: (found) => ["shortage", ...Object.values(levelNameIn(found))],
    });
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    return answerPage(c, routes.listShortages, page, ({ level, ...rest }) => ({ ...rest, level: levelView(level) }));
  });

  app.openapi(routes.listLowStock, async (c) => {
    const { locationId, days, ...paging } = c.req.valid("query");
    if (locationId !== undefined && (await locationWith(queries, locationId)) === undefined)
      return answerFailure(c, { code: "location_not_found", locationIds: [locationId] });
    const filter = { days, ...(locationId !== undefined && { locationId }) };
    const page = await readPage(paging, {
      place: lowPlace,
      read: (range) => lowStockPage(queries, filter, range),
      placeOf: (found) => ["low", ...Object.values(levelNameIn(found))],
    });
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    return answerPage(c, routes.listLowStock, page, ({ level, ...rest }) => ({ ...rest, level: levelView(level) }));
  });

  app.openapi(routes.changeLevel, async (c) => {
    const { sku, location: locationId } = c.req.valid("param");
    const { safetyStock, lowStockThreshold } = c.req.valid("json");
    const result = await engine.submit({
      type: "ChangeLevel",
      actor: c.get("actor"),
      sku,
      locationId,
      ...(safetyStock !== undefined && { safetyStock }),
      ...(lowStockThreshold !== undefined && { lowStockThreshold }),
      ...settingsIn(c.req.valid("header")["if-match"]),
    });
    if (!result.ok) return answerRefusal(c, result);
    const level = result.value.subject;
    return answerTagged(c, soleLevelSchema, levelView(level), stateOf(level));
  });
}

const none = "none";

/** The level of a shortage or a low stock, be it readable or not. */
function levelNameIn(found: Read<Shortage | LowStock>): LevelName {
  const { sku, locationId } = found instanceof Unreadable ? levelNameOf(found.id) : found.level;
  return { sku, locationId };
}

/** Its settings, which `If-Match` compares, and its version. */
function stateOf({ safetyStock, lowStockThreshold, version }: Balances): string {
  return `${safetyStock}-${lowStockThreshold ?? none}-${version}`;
}

/** The settings in the `ETag` of `If-Match`. Another server's tag, or an older release's, is of none that there are. */
function settingsIn(tag: string | undefined): { readonly ifSettings?: LevelSettings } {
  if (tag === undefined || tag.trim() === "*") return {};
  const [safety = "", threshold = ""] = tag.split(`"${openApiInfo.info.version}-`)[1]?.split("-") ?? [];
  const safetyStock = /^\d+$/.test(safety) ? Number(safety) : -1;
  return { ifSettings: { safetyStock, ...(threshold !== none && { lowStockThreshold: Number(threshold) }) } };
}
