import { Hono } from "hono";
import { expect, test } from "vitest";
import { dashboardApp } from "./serve-dashboard.ts";

const app = new Hono().route("/", dashboardApp());

async function filesOfPage(): Promise<string[]> {
  const html = await (await app.request("/")).text();
  return [...html.matchAll(/"(\/dashboard\/[^"]+)"/g)].map(([, path]) => path ?? "");
}

test("the page is asked for anew each time, and sent only when it changed", async () => {
  const first = await app.request("/");
  expect(first.status).toBe(200);
  expect(first.headers.get("cache-control")).toBe("no-cache");
  const etag = first.headers.get("etag") ?? "";
  const second = await app.request("/", { headers: { "If-None-Match": etag } });
  expect([second.status, await second.text()]).toEqual([304, ""]);
});

test("its files are named by their content and kept for ever", async () => {
  const files = await filesOfPage();
  expect(files.map((path) => path.replace(/-[A-Z0-9]{8}\./, "-HASH."))).toEqual([
    "/dashboard/icon-HASH.svg",
    "/dashboard/styles-HASH.css",
    "/dashboard/main-HASH.js",
  ]);
  for (const path of files) {
    const response = await app.request(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  }
});

test("nothing in the document is inline, and nothing is of another host", async () => {
  const html = await (await app.request("/")).text();
  expect(html).not.toMatch(/<style|style=|<script(?![^>]* src=)| on[a-z]+=|\/\/|data:/);
});

test.each(["/dashboard/main.js", "/dashboard/..%2fserve-dashboard.ts", "/dashboard/"])("has no %s", async (path) => {
  expect((await app.request(path)).status).toBe(404);
});
