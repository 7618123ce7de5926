import { limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { body, createRoute, idempotencyHeaders, json, matchHeaders } from "../create-route.ts";
import { pageOf, pagingQuery, wholeNumber } from "../paging.ts";
import { productChangeSchema, productRequestSchema, productSchema } from "../product-schemas.ts";
import { skuSchema } from "../value-schemas.ts";

/** A parameter that may come once, or several times. */
const severalSkus = z.preprocess(
  (given) => (typeof given === "string" ? [given] : given),
  z.array(skuSchema).min(1).max(limits.skusPerSearchMax),
);

const productQuery = z.strictObject({
  q: z
    .string()
    .min(1)
    .max(limits.nameLengthMax)
    .optional()
    .openapi({ description: "What the SKU or the name begins with, in whatever case.", example: "tea" }),
  sku: severalSkus.optional().openapi({
    description: `Of these SKUs, at most ${limits.skusPerSearchMax}: \`?sku=tea&sku=cup\`. The address may have 16 kB.`,
  }),
  archived: z
    .enum(["true", "false"])
    .optional()
    .openapi({ description: "`true`: those that are off sale; `false`: those on sale. Left out: both." }),
  stock: z.enum(["in", "low", "out"]).optional().openapi({
    description:
      "`in`: some unit can be promised, at whatever active place, be it on backorder. `low`: some, and no more than `lowStock` are there for it. `out`: none.",
  }),
  lowStock: wholeNumber(1, limits.totalStockMax)
    .default(10)
    .openapi({ description: "How many units are few, for `stock=low`." }),
  sort: z
    .enum(["sku", "name", "createdAt", "-sku", "-name", "-createdAt"])
    .default("sku")
    .openapi({ description: "What they are listed by; with `-` from the last one on." }),
  ...pagingQuery,
});

const skuParam = z.object({ sku: skuSchema });

const shoppersView =
  "A key for `checkout` sees of the stock what can be promised and no more: `totalStock` is `availableStock`, and the other figures are 0. So are all at a location that is not active.";

export const createProduct = createRoute({
  operationId: "products.create",
  method: "post",
  path: "/v1/products",
  tags: ["Products"],
  summary: "Create a product",
  sentAgain: "409 `product_exists`.",
  scope: "catalogue:write",
  request: { headers: idempotencyHeaders, body: body(productRequestSchema) },
  problems: ["product_exists", "sku_differs_by_case", "policies_contradictory", "stock_limit_exceeded"],
  responses: { 201: json(productSchema, "The product.") },
});

export const listProducts = createRoute({
  operationId: "products.list",
  method: "get",
  path: "/v1/products",
  tags: ["Products"],
  summary: "List products, or search for some",
  description: `By SKU, unless \`sort\` says otherwise. A search by \`stock\` looks at the stock of each product on its way: not a call for a shop page. ${shoppersView}`,
  scope: "catalogue:read",
  forShoppers: true,
  request: { query: productQuery },
  responses: { 200: json(pageOf("Product", productSchema), "A page.") },
});

export const readProduct = createRoute({
  operationId: "products.read",
  method: "get",
  path: "/v1/products/{sku}",
  tags: ["Products"],
  summary: "Read a product and its stock",
  description: shoppersView,
  scope: "catalogue:read",
  forShoppers: true,
  request: { params: skuParam },
  problems: ["product_not_found"],
  responses: { 200: json(productSchema, "The product.") },
});

export const changeProduct = createRoute({
  operationId: "products.change",
  method: "patch",
  path: "/v1/products/{sku}",
  tags: ["Products"],
  summary: "Change a product: its name, its price, its policies, whether it is archived",
  description:
    "Orders keep the name and price at which they were placed. An archived product is not sold; what was ordered before is confirmed, cancelled and refunded as ever, and its stock is counted. Policies hold for orders from now on. A change that is there already answers the same, whatever `If-Match` says.",
  sentAgain: "what a later change has set is set back.",
  scope: "catalogue:write",
  request: { params: skuParam, headers: matchHeaders, body: body(productChangeSchema) },
  problems: ["product_not_found", "product_changed", "policies_contradictory"],
  responses: { 200: json(productSchema, "The product.") },
});
