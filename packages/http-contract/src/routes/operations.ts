import { createRoute as createOpenRoute, z } from "@hono/zod-openapi";
import { json } from "../create-route.ts";
import { problemAnswer } from "../problem.ts";

const health = z
  .object({
    status: z
      .enum(["ok", "degraded", "unavailable"])
      .openapi({ description: "`degraded`: it sells, with a part missing. `unavailable`: it does not." }),
    checks: z
      .record(z.string(), z.string())
      .openapi({ description: "`ok` or `down`, each.", example: { database: "down" } }),
    troubles: z
      .record(z.string(), z.string())
      .optional()
      .openapi({
        description: "What is wrong with those that are `down`.",
        example: { database: "the database cannot be written: its disk is full" },
      }),
  })
  .openapi("Readiness");

const liveness = z.object({ status: z.literal("ok").openapi({ description: "Always `ok`." }) }).openapi("Liveness");

export const healthz = createOpenRoute({
  operationId: "operations.health",
  method: "get",
  path: "/healthz",
  tags: ["Operations"],
  summary: "Whether the process lives",
  security: [],
  responses: { 200: json(liveness, "It does.") },
});

export const readyz = createOpenRoute({
  operationId: "operations.readiness",
  method: "get",
  path: "/readyz",
  tags: ["Operations"],
  summary: "Whether it can sell, as its last commits or a small write to the database show: `degraded` still can",
  security: [],
  responses: { 200: json(health, "It can."), 403: problemAnswer, 503: json(health, "It cannot.") },
});

export const metrics = createOpenRoute({
  operationId: "operations.metrics",
  method: "get",
  path: "/metrics",
  tags: ["Operations"],
  summary: "The process in figures, for Prometheus: aggregates only, so it asks for no key",
  security: [],
  responses: {
    200: { description: "Text exposition format.", content: { "text/plain": { schema: z.string() } } },
    403: problemAnswer,
  },
});
