import { statSync } from "node:fs";
import { join } from "node:path";
import { create, Shop } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { openSqlite } from "./open-sqlite.ts";
import { newFolder } from "./test-files.ts";

test("the file gets what was committed before it is closed, and its log begins anew", async () => {
  const path = join(newFolder(), "shop.db");
  const log = `${path}-wal`;
  const bytes = (of: string) => statSync(of).size;
  const database = await openSqlite({ path, logPagesMax: 500 });
  onTestFinished(() => database.close());
  const shop = new Shop(database);
  const began = bytes(path);
  // A log that is begun anew has room for a commit, and is as long afterwards as it was.
  let batch = 0;
  for (let before = -1; bytes(log) !== before && batch < 300; batch += 1) {
    before = bytes(log);
    await shop.ask(...Array.from({ length: 50 }, (_, index) => create(`${(index * 7_919) % 1_000}-${batch}`, 1)));
  }
  expect(batch).toBeLessThan(300);
  expect(bytes(path)).toBeGreaterThan(began);
});
