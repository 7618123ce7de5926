import type { PageBundle } from "./bundle-page.ts";

/** The HTML document around the page. It has nothing inline, so that `default-src 'self'` allows it. */
export function pageHtml({ script, style, icon }: PageBundle): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Holdfast</title>
<link rel="icon" href="/dashboard/${icon}" type="image/svg+xml">
<link rel="stylesheet" href="/dashboard/${style}">
<script type="module" src="/dashboard/${script}"></script>
</head>
<body>
<div id="page"></div>
<noscript>This page needs JavaScript. The API does not: see <a href="/docs">/docs</a>.</noscript>
</body>
</html>
`;
}
