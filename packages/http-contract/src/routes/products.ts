import { z } from "@hono/zod-openapi";
import { createRoute } from "../create-route.ts";
import { idempotencyHeaders } from "../idempotency-headers.ts";
import { body, json } from "../json-content.ts";
import { pageOf, pagingQuery } from "../paging.ts";
import { problemAnswers } from "../problem.ts";
import { productRequestSchema, productSchema } from "../product-schemas.ts";
import { skuSchema } from "../text-schemas.ts";

const skuParam = z.object({ sku: skuSchema });

export const createProduct = createRoute({
  method: "post",
  path: "/v1/products",
  tags: ["Products"],
  summary: "Create a product",
  scope: "catalogue:write",
  request: { headers: idempotencyHeaders, body: body(productRequestSchema) },
  responses: { 201: json(productSchema, "The product."), ...problemAnswers(400, 409, 413, 415, 422) },
});

export const listProducts = createRoute({
  method: "get",
  path: "/v1/products",
  tags: ["Products"],
  summary: "List products by SKU",
  scope: "catalogue:read",
  request: { query: z.strictObject(pagingQuery) },
  responses: { 200: json(pageOf(productSchema), "A page."), ...problemAnswers(400) },
});

export const readProduct = createRoute({
  method: "get",
  path: "/v1/products/{sku}",
  tags: ["Products"],
  summary: "Read a product and its stock",
  scope: "catalogue:read",
  request: { params: skuParam },
  responses: { 200: json(productSchema, "The product."), ...problemAnswers(400, 404) },
});
