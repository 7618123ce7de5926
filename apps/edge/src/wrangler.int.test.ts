import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { serveEdge } from "./serve-edge.ts";
import { newFolder } from "./test-edge.ts";

test("wrangler takes wrangler.jsonc without a warning, and what it would deploy serves a shop", async () => {
  const folder = newFolder();
  const { stdout, stderr } = await promisify(execFile)(
    join(import.meta.dirname, "../node_modules/.bin/wrangler"),
    ["deploy", "--dry-run", "--outdir", folder],
    {
      cwd: join(import.meta.dirname, ".."),
      env: { ...process.env, NO_COLOR: "1", WRANGLER_SEND_METRICS: "false", XDG_CONFIG_HOME: folder },
    },
  );
  expect(stdout).toContain("env.SHOP_OBJECTS (ShopObject)");
  expect(stdout + stderr).not.toMatch(/warning|error/i);

  const built = readFileSync(join(folder, "worker.js"), "utf8");
  const edge = await serveEdge({ port: 0, folder, variables: {}, built });
  onTestFinished(() => edge.stop());
  const ready = await fetch(`${edge.url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([200, { status: "ok", checks: { database: "ok" } }]);
});
