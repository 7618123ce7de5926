import createClient from "openapi-fetch";
import type { paths } from "./document.ts";

const [, , baseUrl = ""] = process.argv;
const client = createClient<paths>({ baseUrl });
const lines = [{ sku: "tea-green", quantity: 1 }];
const key = { header: { "idempotency-key": "openapi-typescript" } };
const placed = await client.POST("/v1/orders", { params: key, body: { lines } });
if (placed.error) throw new Error(placed.error.code);

const path = { id: placed.data.id };
const confirmed = await client.POST("/v1/orders/{id}/confirm", {
  params: { path },
  body: { paymentReference: "pi_openapi_typescript" },
});
console.log(confirmed.data?.status);

const tooMany = await client.POST("/v1/orders", { body: { lines: [{ sku: "tea-green", quantity: 10_000 }] } });
if (tooMany.error?.code === "insufficient_stock") console.log(tooMany.error.code, tooMany.error.errors?.[0]?.requested);
