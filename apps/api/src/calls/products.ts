import {
  type AdjustmentId,
  assert,
  composed,
  type PoliciesChange,
  type ProductPolicies,
  type Sku,
} from "@holdfast/domain";
import {
  type Paging,
  type ProductPlace,
  type ProductSearch,
  type ProductSort,
  productPlaceOf,
  type Queries,
  type StockedProduct,
  type UnreadableProduct,
} from "@holdfast/engine";
import { productSchema, routes } from "@holdfast/http-contract";
import { z } from "zod";
import { answerPage, readPage } from "../answer-page.ts";
import { answerFailure, answerProblem, answerRefusal } from "../answer-problem.ts";
import { answerTagged } from "../answer-shown.ts";
import type { App, AppParts } from "../app-parts.ts";
import type { Caller } from "../caller.ts";
import { versionIn } from "../version-in-tag.ts";
import { newProductView, productView, shoppersProductView } from "../views.ts";
import { commandCalls } from "./command-call.ts";

const productPlace = z.tuple([z.literal("product"), z.string()]).transform(([, sku]) => sku as Sku);

export function productCalls(app: App, parts: AppParts): void {
  const { engine, queries, newId } = parts;

  commandCalls(app, parts)(
    routes.createProduct,
    "CreateProduct",
    ({ body: { policies, ...body } }) => ({
      totalStock: 0,
      adjustmentId: `adj_${newId()}` as AdjustmentId,
      ...body,
      ...(policies !== undefined && { policies: policies as ProductPolicies }),
    }),
    newProductView,
    ({ sku }) => `/v1/products/${encodeURIComponent(sku)}`,
  );

  app.openapi(routes.listProducts, async (c) => {
    const { limit, cursor, ...asked } = c.req.valid("query");
    const search = searchOf(asked);
    const page = isPlain(search)
      ? await readPage({ limit, cursor }, plainList(queries))
      : await readPage({ limit, cursor }, searchedList(queries, search));
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    const items = page.items.map((found) => ("unreadable" in found ? found.unreadable : found));
    return answerPage(c, routes.listProducts, { ...page, items }, viewFor(c.get("caller")));
  });

  app.openapi(routes.changeProduct, async (c) => {
    const { sku } = c.req.valid("param");
    const { name, price, archived, policies } = c.req.valid("json");
    const result = await engine.submit({
      type: "ChangeProduct",
      actor: c.get("actor"),
      sku,
      ...(name !== undefined && { name }),
      ...(price !== undefined && { price }),
      ...(archived !== undefined && { archived }),
      ...(policies !== undefined && { policies: policies as PoliciesChange }),
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

/** Its own version, that of each of its levels, and which of them promise nothing. */
function stateOf({ product, levels, inactive }: StockedProduct): string {
  const states = levels.map(
    ({ locationId, version }) => `${locationId}.${version}${inactive.includes(locationId) ? ".closed" : ""}`,
  );
  return [product.version, ...states].join("-");
}

type Asked = Omit<z.output<typeof routes.listProducts.request.query>, "limit" | "cursor">;

function searchOf({ q, sku, archived, stock, lowStock, sort }: Asked): ProductSearch {
  const isIn = stock === "in" || stock === "low";
  return {
    ...(q !== undefined && { startsWith: composed(q) }),
    ...(sku !== undefined && { skus: sku }),
    ...(archived !== undefined && { archived: archived === "true" }),
    ...(stock === "out" && { orderable: { max: 0 } }),
    ...(isIn && { orderable: { min: 1 } }),
    ...(stock === "low" && { available: { max: lowStock } }),
    sort: sort.replace("-", "") as ProductSort,
    descending: sort.startsWith("-"),
  };
}

/** Whether it asks for all products, by SKU: a list that costs no search. */
function isPlain({ sort, descending, ...filters }: ProductSearch): boolean {
  return sort === "sku" && !descending && Object.keys(filters).length === 0;
}

function plainList(queries: Queries) {
  return {
    place: productPlace,
    read: (paging: Paging<Sku>) => queries.products(paging),
    placeOf: (found: StockedProduct | UnreadableProduct) => ["product", skuIn(found)],
  };
}

/** A cursor names its order: those of another one say nothing here. */
function searchedList(queries: Queries, search: ProductSearch) {
  const order = `product by ${search.descending ? "-" : ""}${search.sort}`;
  const value = search.sort === "createdAt" ? z.int().or(z.literal("")) : z.string();
  return {
    place: z.tuple([z.literal(order), value, z.string()]).transform(([, at, sku]) => ({ value: at, sku: sku as Sku })),
    read: (paging: Paging<ProductPlace>) => queries.findProducts(search, paging),
    placeOf: (found: StockedProduct | UnreadableProduct) => {
      const { value: at, sku } = productPlaceOf(found, search.sort);
      return [order, at, sku];
    },
  };
}

function skuIn(found: StockedProduct | UnreadableProduct): Sku {
  return "unreadable" in found ? found.sku : found.product.sku;
}
