import { z } from "@hono/zod-openapi";
import { body, createRoute, idempotencyHeaders, json } from "../create-route.ts";
import { pageOf, pagingQuery } from "../paging.ts";
import { productRequestSchema, productSchema } from "../product-schemas.ts";
import { skuSchema } from "../value-schemas.ts";

const skuParam = z.object({ sku: skuSchema });

export const createProduct = createRoute({
  operationId: "products.create",
  method: "post",
  path: "/v1/products",
  tags: ["Products"],
  summary: "Create a product",
  scope: "catalogue:write",
  request: { headers: idempotencyHeaders, body: body(productRequestSchema) },
  problems: ["product_exists", "sku_differs_by_case", "stock_limit_exceeded"],
  responses: { 201: json(productSchema, "The product.") },
});

export const listProducts = createRoute({
  operationId: "products.list",
  method: "get",
  path: "/v1/products",
  tags: ["Products"],
  summary: "List products by SKU",
  scope: "catalogue:read",
  request: { query: z.strictObject(pagingQuery) },
  responses: { 200: json(pageOf("Product", productSchema), "A page.") },
});

export const readProduct = createRoute({
  operationId: "products.read",
  method: "get",
  path: "/v1/products/{sku}",
  tags: ["Products"],
  summary: "Read a product and its stock",
  scope: "catalogue:read",
  request: { params: skuParam },
  problems: ["product_not_found"],
  responses: { 200: json(productSchema, "The product.") },
});
