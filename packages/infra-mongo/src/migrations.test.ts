import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mongoMigrations } from "./migrations.ts";

test("every step has a file of its own, by its number and name, and every file is listed", () => {
  const folder = join(import.meta.dirname, "migrations");
  const listed = [...mongoMigrations].map(({ version, name }) => `${String(version).padStart(4, "0")}-${name}.ts`);
  expect(existsSync(folder) ? readdirSync(folder).sort() : []).toEqual(listed);
});
