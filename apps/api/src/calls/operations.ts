import { routes } from "@holdfast/http-contract";
import type { Registry } from "@holdfast/metrics";
import type { App, AppParts } from "../app-parts.ts";

export function operationCalls(app: App, { health }: AppParts, registry: Registry): void {
  app.openapi(routes.healthz, (c) => c.json({ status: "ok" } as const, 200));

  app.openapi(routes.readyz, async (c) => {
    const checked = await Promise.all(health.map(async (check) => ({ ...check, up: await check.ok() })));
    const checks = Object.fromEntries(checked.map(({ name, up }) => [name, up ? "ok" : "down"]));
    if (checked.some(({ required, up }) => required && !up)) {
      return c.json({ status: "unavailable" as const, checks }, 503);
    }
    const status = checked.every(({ up }) => up) ? ("ok" as const) : ("degraded" as const);
    return c.json({ status, checks }, 200);
  });

  app.openapi(routes.metrics, async (c) =>
    c.text(await registry.metrics(), 200, { "Content-Type": registry.contentType }),
  );
}
