import type { AdjustmentId, Sku } from "@holdfast/domain";
import type { StockedProduct, UnreadableProduct } from "@holdfast/engine";
import { decodeCursor, encodeCursor, routes } from "@holdfast/http-contract";
import { z } from "zod";
import { answerFailure, answerProblem } from "../answer-problem.ts";
import type { App, AppParts } from "../app-parts.ts";
import { claimOf } from "../claim-of.ts";
import { presentNewProduct, presentProduct, presentUnreadable } from "../present.ts";

const productPlace = z.tuple([z.literal("product"), z.string()]);

export function productCalls(app: App, { engine, queries, newId }: AppParts): void {
  app.openapi(routes.createProduct, async (c) => {
    const body = c.req.valid("json");
    const key = c.req.valid("header")["idempotency-key"];
    const result = await engine.submit({
      type: "CreateProduct",
      actor: c.get("actor"),
      sku: body.sku,
      name: body.name,
      price: body.price,
      totalStock: body.totalStock ?? 0,
      adjustmentId: `adj_${newId()}` as AdjustmentId,
      ...claimOf(c, key, body),
    });
    if (!result.ok) return answerFailure(c, result.failure);
    if (result.value.replayed) c.header("Idempotent-Replayed", "true");
    c.header("Location", `/v1/products/${body.sku}`);
    return c.json(presentNewProduct(result.value.subject), 201);
  });

  app.openapi(routes.listProducts, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const place = cursor === undefined ? undefined : decodeCursor(cursor, productPlace);
    if (cursor !== undefined && place === undefined) return answerProblem(c, "invalid_cursor");
    const page = await queries.products({ limit: limit + 1, ...(place && { after: place[1] as Sku }) });
    const data = page.slice(0, limit);
    const last = data.at(-1);
    const nextCursor = page.length > limit && last ? encodeCursor(["product", skuIn(last)]) : null;
    return c.json({ data: data.map(presentListed), nextCursor }, 200);
  });

  app.openapi(routes.readProduct, async (c) => {
    const { sku } = c.req.valid("param");
    const found = await queries.product(sku);
    if (found === undefined) return answerFailure(c, { code: "product_not_found", skus: [sku] });
    return c.json(presentProduct(found), 200);
  });
}

function presentListed(found: StockedProduct | UnreadableProduct) {
  return "unreadable" in found ? presentUnreadable(found.unreadable) : presentProduct(found);
}

function skuIn(found: StockedProduct | UnreadableProduct): string {
  return "unreadable" in found ? found.sku : found.product.sku;
}
