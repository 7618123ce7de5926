import { orderRequestSchema, orderSchema, present } from "@holdfast/http-contract";
import { serve } from "@hono/node-server";
import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import pg from "pg";
import { cannedAnswer } from "./canned-order.ts";
import { newId } from "./serve-bench-app.ts";

// What a careful engineer writes in an afternoon: a Hono app, and one PostgreSQL function an order, each in a transaction of its own. No
// key, no journal, no feed, no problem documents; the answer has what ours has.

/** Enough to keep two cores and the disk busy; more only wait for each other's rows. */
const connections = 20;

const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"], max: connections });

const placeOrder = {
  name: "place-order",
  text: "SELECT * FROM place_order($1, $2, $3, $4, $5)",
} as const;

const app = new Hono();
app.get("/healthz", (c) => c.json({ status: "ok" }));

app.post("/v1/products", async (c) => {
  const { sku, totalStock } = (await c.req.json()) as { readonly sku: string; readonly totalStock: number };
  await pool.query("INSERT INTO levels (sku, total) VALUES ($1, $2) ON CONFLICT DO NOTHING", [sku, totalStock]);
  return c.json({}, 201);
});

app.post("/v1/orders", zValidator("json", orderRequestSchema), async (c) => {
  const { lines, holdSeconds = 300 } = c.req.valid("json");
  const values = [
    `ord_${newId()}`,
    c.req.header("idempotency-key") ?? null,
    lines.map(({ sku }) => sku),
    lines.map(({ quantity }) => quantity),
    holdSeconds,
  ];
  try {
    const { rows } = await pool.query<{ id: string; placed_at: Date }>({ ...placeOrder, values });
    const [order] = rows;
    return c.json({ ...present(orderSchema, cannedAnswer), id: order?.id, placedAt: order?.placed_at }, 201);
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string };
    return c.json({ error: message }, code === "P0001" ? 409 : 500);
  }
});

serve({ fetch: app.fetch, port: Number(process.env["PORT"]), hostname: "127.0.0.1" });
process.once("SIGTERM", () => process.exit(0));
