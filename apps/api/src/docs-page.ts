import { zValidator } from "@hono/zod-validator";
import { z } from "zod";
import type { App } from "./app-parts.ts";

/** The files of Swagger UI that the page needs: it works offline. */
const assets = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
} as const;

type AssetName = keyof typeof assets;

/** Their content, by name. See `readDocsFiles`. */
export type DocsFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export const assetNames = Object.keys(assets) as AssetName[];

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
<script src="/docs/start.js"></script>
</body>
</html>
`;

const start = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs", deepLinking: true, validatorUrl: null });\n`;

/** Not a call of the API's document, which would check it by its own description. */
const assetParam = zValidator("param", z.object({ file: z.enum(assetNames) }), (result, c) =>
  result.success ? undefined : c.notFound(),
);

/** `/docs`: a page to read and try the API. */
export function docsPage(app: App, files: DocsFiles): void {
  app.get("/docs", (c) => c.html(page));
  app.get("/docs/start.js", (c) => c.body(start, 200, { "Content-Type": "text/javascript; charset=utf-8" }));
  app.get("/docs/assets/:file", assetParam, (c) => {
    const { file } = c.req.valid("param");
    const bytes = files.get(file);
    if (bytes === undefined) return c.notFound();
    return c.body(bytes, 200, {
      "Content-Type": assets[file],
      "Cache-Control": "public, max-age=86400",
    });
  });
}
