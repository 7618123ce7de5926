import { routes } from "@holdfast/http-contract";
import type { App, AppParts } from "../app-parts.ts";

export function operationCalls(app: App, { health, metrics }: AppParts): void {
  app.openapi(routes.healthz, (c) => c.json({ status: "ok" } as const, 200));

  app.openapi(routes.readyz, async (c) => {
    const checked = await Promise.all(health.map(async (check) => ({ ...check, trouble: await check.trouble() })));
    const failed = checked.filter(({ trouble }) => trouble !== undefined);
    const answer = {
      checks: Object.fromEntries(checked.map(({ name, trouble }) => [name, trouble === undefined ? "ok" : "down"])),
      ...(failed.length > 0 && {
        troubles: Object.fromEntries(failed.map(({ name, trouble }) => [name, `${trouble}`])),
      }),
    };
    if (failed.some(({ required }) => required)) return c.json({ status: "unavailable" as const, ...answer }, 503);
    return c.json({ status: failed.length === 0 ? ("ok" as const) : ("degraded" as const), ...answer }, 200);
  });

  if (metrics === undefined) return;
  app.openapi(routes.metrics, async (c) => {
    const { text, type } = await metrics.page();
    return c.text(text, 200, { "Content-Type": type });
  });
}
