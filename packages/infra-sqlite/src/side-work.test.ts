import { statSync } from "node:fs";
import { join } from "node:path";
import { create } from "@holdfast/testing";
import { expect, test } from "vitest";
import { newFolder, withShop } from "./test-files.ts";

test("the file gets what was committed before it is closed, and its log begins anew", async () => {
  const path = join(newFolder(), "shop.db");
  const log = `${path}-wal`;
  const bytes = (of: string) => statSync(of).size;
  const name = "x".repeat(200);
  await withShop(path, async (shop) => {
    let batch = 0;
    const commitBatch = async () => {
      batch += 1;
      const skus = Array.from({ length: 200 }, (_, index) => `${(index * 7_919) % 1_000}-${batch}-${index}`);
      await shop.ask(...skus.map((sku) => create(sku, 1, { name })));
    };
    const began = bytes(path);
    // A log that is begun anew has room for a commit, and is as long afterwards as it was.
    let before = -1;
    while (bytes(log) !== before && batch < 300) {
      before = bytes(log);
      await commitBatch();
    }
    expect(batch).toBeLessThan(300);
    expect(bytes(path)).toBeGreaterThan(began);
  });
});
