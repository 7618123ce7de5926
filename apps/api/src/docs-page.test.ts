import { expect, test } from "vitest";
import { TestApi } from "./test-api.ts";

test.each([
  ["/docs", "text/html; charset=UTF-8", "swagger-ui-bundle.js"],
  ["/docs/start.js", "text/javascript; charset=utf-8", "/openapi.json"],
  ["/docs/assets/swagger-ui.css", "text/css; charset=utf-8", ".swagger-ui"],
  ["/docs/assets/swagger-ui-bundle.js", "text/javascript; charset=utf-8", "SwaggerUIBundle"],
])("serves %s as %s with %s in it", async (path, type, content) => {
  const response = await new TestApi().get(path);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
  expect(await response.text()).toContain(content);
});

test("has no other file of Swagger UI's, and none beside it", async () => {
  for (const name of ["swagger-ui.js", "package.json", "..%2fpackage.json"]) {
    const response = await new TestApi().get(`/docs/assets/${name}`);
    expect([response.status, await response.json()]).toMatchObject([404, { code: "not_found" }]);
  }
});

test("works offline: the page loads nothing from elsewhere", async () => {
  const page = await (await new TestApi().get("/docs")).text();
  const links = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link);
  expect(links).toEqual([
    "data:,",
    "/docs/assets/swagger-ui.css",
    "/docs/assets/swagger-ui-bundle.js",
    "/docs/start.js",
  ]);
});
