import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNode } from "@holdfast/test-services";
import { describe, expect, inject, onTestFinished, test } from "vitest";

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-migrate-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return `file:${folder}/shop.db`;
}
const newMongo = () => inject("mongoUrl").replace(/\/(\?|$)/, `/migrate-${randomUUID()}$1`);

const migrate = (url: string, ...words: readonly string[]) => runNode("apps/migrate/src/main.ts", url, ...words);

describe.each([
  ["SQLite", newFile],
  ["MongoDB", newMongo],
])("on %s", (_name, newUrl) => {
  test("says so where there is no database, and makes none", async () => {
    const url = newUrl();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await migrate(url)).toEqual({ code: 1, out: "", told: expect.stringMatching(/no .*database/) });
    }
  });

  test("finds nothing to do on a database of this version", async () => {
    const url = newUrl();
    await runNode("apps/keys/src/main.ts", url, "create", "--name", "ops", "--scopes", "admin");
    for (const words of [[], ["--contract"]]) {
      const out = expect.stringMatching(/^The database is of version \d+: there is nothing to do\.$/);
      expect(await migrate(url, ...words)).toEqual({ code: 0, out, told: "" });
    }
  });
});
