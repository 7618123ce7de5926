import { orderRequestSchema, orderSchema, present } from "@holdfast/http-contract";
import { serve } from "@hono/node-server";
import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { cannedAnswer } from "./canned-order.ts";

// What a Hono app costs that does nothing else: it checks the body of an order against our schema, and answers the order that `no-op`
// answers. No key, no request id, no metrics, no problem documents. It shows the most that any app on this server could reach.

const app = new Hono();
app.get("/healthz", (c) => c.json({ status: "ok" }));
app.post("/v1/products", (c) => c.json({}, 201));
app.post("/v1/orders", zValidator("json", orderRequestSchema), (c) => c.json(present(orderSchema, cannedAnswer), 201));

serve({ fetch: app.fetch, port: Number(process.env["PORT"]), hostname: "127.0.0.1" });
process.once("SIGTERM", () => process.exit(0));
