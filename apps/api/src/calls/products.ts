import { type AdjustmentId, assert, type Sku } from "@holdfast/domain";
import type { StockedProduct, UnreadableProduct } from "@holdfast/engine";
import { productSchema, routes } from "@holdfast/http-contract";
import { z } from "zod";
import { answerPage, readPage } from "../answer-page.ts";
import { answerFailure, answerProblem, answerRefusal } from "../answer-problem.ts";
import { answerTagged } from "../answer-shown.ts";
import type { App, AppParts } from "../app-parts.ts";
import type { Caller } from "../caller.ts";
import { openApiInfo } from "../open-api-info.ts";
import { newProductView, productView, shoppersProductView } from "../views.ts";
import { commandCalls } from "./command-call.ts";

const productPlace = z.tuple([z.literal("product"), z.string()]).transform(([, sku]) => sku as Sku);

export function productCalls(app: App, parts: AppParts): void {
  const { engine, queries, newId } = parts;

  commandCalls(app, parts)(
    routes.createProduct,
    "CreateProduct",
    ({ body }) => ({ totalStock: 0, adjustmentId: `adj_${newId()}` as AdjustmentId, ...body }),
    newProductView,
    ({ sku }) => `/v1/products/${encodeURIComponent(sku)}`,
  );

  app.openapi(routes.listProducts, async (c) => {
    const page = await readPage(c.req.valid("query"), {
      place: productPlace,
      read: (paging) => queries.products(paging),
      placeOf: (found) => ["product", skuIn(found)],
    });
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    const items = page.items.map((found) => ("unreadable" in found ? found.unreadable : found));
    return answerPage(c, routes.listProducts, { ...page, items }, viewFor(c.get("caller")));
  });

  app.openapi(routes.changeProduct, async (c) => {
    const { sku } = c.req.valid("param");
    const { name, price, archived } = c.req.valid("json");
    const result = await engine.submit({
      type: "ChangeProduct",
      actor: c.get("actor"),
      sku,
      ...(name !== undefined && { name }),
      ...(price !== undefined && { price }),
      ...(archived !== undefined && { archived }),
      ...versionIn(c.req.valid("header")["if-match"]),
    });
    if (!result.ok) return answerRefusal(c, result);
    const found = await queries.product(sku);
    assert(found !== undefined, `${sku} was changed, and is not there`);
    return answerTagged(c, productSchema, productView(found), stateOf(found));
  });

  app.openapi(routes.readProduct, async (c) => {
    const { sku } = c.req.valid("param");
    const found = await queries.product(sku);
    if (found === undefined) return answerFailure(c, { code: "product_not_found", skus: [sku] });
    const caller = c.get("caller");
    const state = caller.isStorefront ? `${stateOf(found)}-shopper` : stateOf(found);
    return answerTagged(c, productSchema, viewFor(caller)(found), state);
  });
}

function viewFor({ isStorefront }: Caller) {
  return isStorefront ? shoppersProductView : productView;
}

/**
 * The product's version in the `ETag` of `If-Match`, whatever its stock was. Another server's tag, or an older release's, is of no
 * version that there is.
 */
function versionIn(tag: string | undefined): { readonly ifVersion?: number } {
  if (tag === undefined || tag.trim() === "*") return {};
  const [, version] = tag.split(`"${openApiInfo.info.version}-`);
  return { ifVersion: Number.parseInt(version ?? "0", 10) || 0 };
}

/** Its own version, and that of each of its levels. */
function stateOf({ product, levels }: StockedProduct): string {
  return [product.version, ...levels.map(({ locationId, version }) => `${locationId}.${version}`)].join("-");
}

function skuIn(found: StockedProduct | UnreadableProduct): Sku {
  return "unreadable" in found ? found.sku : found.product.sku;
}
