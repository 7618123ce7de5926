import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { App } from "./app-parts.ts";

/** The files of Swagger UI that the page needs, served from the installed package: the page works offline. */
const assets: ReadonlyMap<string, string> = new Map([
  ["swagger-ui.css", "text/css; charset=utf-8"],
  ["swagger-ui-bundle.js", "text/javascript; charset=utf-8"],
]);

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Holdfast API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/assets/start.js"></script>
</body>
</html>
`;

const start = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs", deepLinking: true, validatorUrl: null });\n`;

/** `/docs`: the API to read and to try. */
export function docsPage(app: App): void {
  app.get("/docs", (c) => c.html(page));
  app.get("/docs/assets/start.js", (c) => c.body(start, 200, { "Content-Type": "text/javascript; charset=utf-8" }));
  app.get("/docs/assets/:file", async (c) => {
    const file = c.req.param("file");
    const type = assets.get(file);
    if (type === undefined) return c.notFound();
    const path = fileURLToPath(import.meta.resolve(`swagger-ui-dist/${file}`));
    return c.body(await readFile(path), 200, { "Content-Type": type, "Cache-Control": "public, max-age=86400" });
  });
}
