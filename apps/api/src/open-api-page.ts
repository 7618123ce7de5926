import type { App } from "./app-parts.ts";
import { openApiInfo } from "./open-api-info.ts";

/**
 * `/openapi.json`: the document, made once, when it is first asked for. Making it takes some 30 ms, in which the process answers
 * no order, and anyone may ask.
 */
export function openApiPage(app: App): void {
  let document: string | undefined;
  app.get("/openapi.json", (c) => {
    document ??= JSON.stringify(app.getOpenAPI31Document(openApiInfo));
    return c.body(document, 200, { "Content-Type": "application/json" });
  });
}
