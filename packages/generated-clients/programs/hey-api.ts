import { client } from "./client/client.gen.ts";
import { ordersConfirm, ordersPlace } from "./client/sdk.gen.ts";

const [, , baseUrl = ""] = process.argv;
client.setConfig({ baseUrl });
const lines = [{ sku: "tea-green", quantity: 1 }];
const placed = await ordersPlace({ headers: { "idempotency-key": "hey-api" }, body: { lines } });
if (placed.error) throw new Error(placed.error.code);

const path = { id: placed.data.id };
const confirmed = await ordersConfirm({ path, body: { paymentReference: "pi_hey_api" } });
console.log(confirmed.data?.status);

const tooMany = await ordersPlace({ body: { lines: [{ sku: "tea-green", quantity: 10_000 }] } });
if (tooMany.error?.code === "insufficient_stock") console.log(tooMany.error.code, tooMany.error.errors?.[0]?.requested);
