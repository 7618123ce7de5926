import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "./free-port.ts";
import { runK6 } from "./k6.ts";
import { type NodeServerApp, spawnNode } from "./spawn-node.ts";

const script = "packages/test-services/src/fixtures/smoke.k6.js";

let app: NodeServerApp;

beforeAll(async () => {
  const port = await freePort();
  const entry = "packages/test-services/src/fixtures/ready-app.ts";
  app = await spawnNode({ entry, env: { PORT: String(port) }, readyUrl: `http://127.0.0.1:${port}/` });
});
afterAll(() => app.stop());

test("gives the numbers of a run that passes", async () => {
  const { exitCode, summary, output } = await runK6({ script, env: { URL: app.url, THRESHOLD: "count==50" } });
  expect(exitCode, output).toBe(0);
  expect(summary?.["iterations"]?.["count"]).toBe(50);
  expect(summary?.["checks"]).toMatchObject({ passes: 50, fails: 0 });
});

test("distinguishes a failed threshold from a broken script, also side by side", async () => {
  const [failed, broken] = await Promise.all([
    runK6({ script, env: { URL: app.url, THRESHOLD: "count==51" } }),
    runK6({ script: "packages/test-services/src/fixtures/no-such-script.js" }),
  ]);
  expect(failed.exitCode, failed.output).toBe(99);
  expect(failed.summary?.["iterations"]?.["count"]).toBe(50);
  expect(broken.exitCode).not.toBe(0);
  expect(broken.summary).toBeUndefined();
  expect(broken.output).toContain("no-such-script");
});
