import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { freePort, runNode, spawnNode } from "@holdfast/test-services";
import { MongoClient } from "mongodb";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { fixtureVersionsOf, insertDatabase, readFixture, unpackFile } from "./fixtures/fixture.ts";
import { operator, ShopClient } from "./fixtures/shop-client.ts";

const oldest = Math.min(...fixtureVersionsOf("sqlite"));

const stores = {
  SQLite: {
    newUrl() {
      const folder = mkdtempSync(join(tmpdir(), "holdfast-migrate-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      return `file:${folder}/shop.db`;
    },
    async putOld(url: string) {
      unpackFile(oldest, pathOf(url));
    },
    async makeNewer(url: string) {
      const db = new DatabaseSync(pathOf(url));
      db.exec("PRAGMA user_version = 99; INSERT OR REPLACE INTO meta VALUES ('compatibleFrom', '98')");
      db.close();
    },
    entry: "apps/standalone/src/main.ts",
  },
  MongoDB: {
    newUrl: () => inject("mongoUrl").replace(/\/(\?|$)/, `/migrate-${randomUUID()}$1`),
    putOld: (url: string) => insertDatabase(readFixture(oldest, "mongodb"), url),
    async makeNewer(url: string) {
      const client = new MongoClient(url);
      const change = { $set: { version: 99, compatibleFrom: 98 } };
      await client
        .db()
        .collection("meta")
        .updateOne({ _id: "schema" as never }, change, { upsert: true });
      await client.close();
    },
    entry: "apps/api/src/main.ts",
  },
};

const pathOf = (url: string) => url.slice("file:".length);
const migrate = (url: string, ...words: readonly string[]) => runNode("apps/migrate/src/main.ts", url, ...words);
const listKeys = (url: string) => runNode("apps/keys/src/main.ts", url, "list");

async function serve(entry: string, url: string) {
  const port = await freePort();
  const app = await spawnNode({
    entry,
    env: {
      PORT: String(port),
      DATABASE_URL: url,
      API_KEYS: `${operator.name}=${operator.key}`,
      DEMO_CATALOGUE: "off",
      DRAIN_NOTICE_MS: "0",
    },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  onTestFinished(() => app.kill());
  return app;
}

describe.each(Object.entries(stores))("on %s", (_name, { newUrl, putOld, makeNewer, entry }) => {
  test("says so where there is no database, and makes none", async () => {
    const url = newUrl();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await migrate(url)).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(/no .*database/) });
    }
  });

  test("finds nothing to do on a database of this version", async () => {
    const url = newUrl();
    await runNode("apps/keys/src/main.ts", url, "create", "--name", "ops", "--scopes", "admin");
    for (const words of [[], ["--contract"]]) {
      const stdout = expect.stringMatching(/^The database is of version \d+: there is nothing to do\.$/);
      expect(await migrate(url, ...words)).toEqual({ code: 0, stdout, stderr: "" });
    }
  });

  test("migrates an old database once, and says each step; keys wait for that", async () => {
    const url = newUrl();
    await putOld(url);
    const reason = expect.stringMatching(/is of version \d+, and this program needs \d+.*pnpm migrate/);
    expect(await listKeys(url)).toEqual({ code: 1, stdout: "", stderr: reason });
    const steps = /^(Step \d+ [a-z-]+ \((expand|contract|replace)\) \.\.\.\n)+Migrated from version \d+ to \d+\./;
    expect(await migrate(url)).toEqual({ code: 0, stdout: expect.stringMatching(steps), stderr: "" });
    expect((await migrate(url)).stdout).toMatch(/there is nothing to do/);
    expect(await listKeys(url)).toMatchObject({ code: 0, stderr: "" });
  });

  test("a process that starts on an old database migrates it, and serves", async () => {
    const url = newUrl();
    await putOld(url);
    const app = await serve(entry, url);
    expect(app.logs()).toContain("migrating the database");
    const shop = new ShopClient((path, init) => fetch(app.url + path, init));
    expect(await shop.get("/v1/reconciliation")).toMatchObject({ ok: true, levelsChecked: 10 });
    expect((await listKeys(url)).code).toBe(0);
  });

  test("every program refuses a newer database in one line, and leaves it", async () => {
    const url = newUrl();
    await putOld(url);
    await makeNewer(url);
    const file = join(tmpdir(), `holdfast-${randomUUID()}.backup`);
    const refused = {
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^[^\n]*newer version of Holdfast[^\n]*98[^\n]*$/),
    };
    expect(await migrate(url)).toEqual(refused);
    expect(await listKeys(url)).toEqual(refused);
    expect(await runNode("apps/backup/src/main.ts", url, "backup", file)).toEqual(refused);
    expect(await runNode(entry, url)).toEqual(refused);
  });
});

test("a served file is not migrated, whatever is asked", async () => {
  const url = stores.SQLite.newUrl();
  await stores.SQLite.putOld(url);
  const serving = new DatabaseSync(`${pathOf(url)}-lock`);
  onTestFinished(() => serving.close());
  serving.exec("BEGIN EXCLUSIVE");
  for (const words of [[], ["--contract"]]) {
    const stderr = expect.stringMatching(/is served by another Holdfast process/);
    expect(await migrate(url, ...words)).toEqual({ code: 1, stdout: "", stderr });
  }
  expect((await listKeys(url)).stderr).toMatch(/is of version \d+/);
});

test("several APIs that start on an old database at once all serve it, migrated once", async () => {
  const url = stores.MongoDB.newUrl();
  await stores.MongoDB.putOld(url);
  const apps = await Promise.all([1, 2, 3].map(() => serve(stores.MongoDB.entry, url)));
  const migrated = apps.filter((app) => app.logs().includes("migrating the database"));
  expect(migrated).toHaveLength(1);
});

test("an API that its database was migrated beyond sells nothing more, says why, and answers reads", async () => {
  const url = stores.MongoDB.newUrl();
  await stores.MongoDB.putOld(url);
  const app = await serve(stores.MongoDB.entry, url);
  const shop = new ShopClient((path, init) => fetch(app.url + path, init));
  const order = { lines: [{ sku: "tea", quantity: 1 }] };
  await shop.post(201, "/v1/orders", order);
  await stores.MongoDB.makeNewer(url);
  const began = performance.now();
  while (await sells(shop, order));
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(await shop.post(503, "/v1/orders", order)).toMatchObject({
    code: "unavailable",
    detail: expect.stringMatching(/migrated beyond this version of Holdfast: start this process again with a newer/),
  });
  expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
  expect((await shop.list("/v1/products")).length).toBe(9);
});

function sells(shop: ShopClient, order: object): Promise<boolean> {
  return shop.post(201, "/v1/orders", order).then(
    () => true,
    () => false,
  );
}
