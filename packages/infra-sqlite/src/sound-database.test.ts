import { copyFileSync, mkdirSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { openSqlite } from "./open-sqlite.ts";
import {
  bytesOf,
  copyOf,
  killShop,
  makeShop,
  newFolder,
  placeOrders,
  sharedFolder,
  stateOf,
  withShop,
} from "./test-files.ts";

const folder = sharedFolder();
const [live, copyAt10, copyAt20, killedAt30] = ["live.db", "10.db", "20.db", "30.db"].map((name) =>
  join(folder, name),
) as [string, string, string, string];

/** A shop with 10 orders, 20 and 30; it ends cleanly after the first two, and is killed after the third. */
beforeAll(async () => {
  await makeShop(live, 10);
  copyFileSync(live, copyAt10);
  await withShop(live, (shop) => placeOrders(shop, 10, 20));
  copyFileSync(live, copyAt20);
  await killShop(live, killedAt30, 20, 30);
}, 30_000);

test("refuses a copy that was put back beside the log of what came later, and touches neither", async () => {
  const killed = copyOf(killedAt30);
  copyFileSync(copyAt10, killed);
  const before = bytesOf(killed);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await expect(async () => openSqlite({ path: killed })).rejects.toThrow(
      /shop\.db-wal do not belong together.*pnpm restore/,
    );
    expect(bytesOf(killed)).toEqual(before);
  }
  renameSync(`${killed}-wal`, `${killed}-aside`);
  expect(stateOf(killed)).toBe("10 orders, 11 commits");
});

test.each([
  ["its own log", killedAt30],
  ["the log that was begun when it was copied", copyAt20],
])("opens a file after a kill with %s, and finds every order", async (_what, file) => {
  const killed = copyOf(killedAt30);
  copyFileSync(file, killed);
  await withShop(killed, async (shop) => expect(await shop.stock("tea")).toBe("10000/30/0/9970"));
  expect(stateOf(killed)).toBe("30 orders, 31 commits");
});

test("refuses a log whose file is gone", async () => {
  const killed = copyOf(killedAt30);
  renameSync(killed, `${killed}-aside`);
  const before = bytesOf(killed);
  await expect(async () => openSqlite({ path: killed })).rejects.toThrow(/shop\.db is not there.*shop\.db-wal/);
  expect(bytesOf(killed)).toEqual(before);
});

test.each([
  ["a folder", (path: string) => mkdirSync(path), "is a folder"],
  ["an empty file", (path: string) => writeFileSync(path, ""), "is empty (0 bytes)"],
  ["a text", (path: string) => writeFileSync(path, "once upon a time ".repeat(10_000)), "is no SQLite file"],
  ["a short text", (path: string) => writeFileSync(path, "SQLite"), "is no SQLite file"],
  [
    "a gzip file",
    (path: string) => writeFileSync(path, Buffer.from("1f8b0800", "hex")),
    "perhaps a backup of a MongoDB",
  ],
])("refuses %s, says which and why, and leaves it as it is", async (_what, make, reason) => {
  const path = join(newFolder(), "shop.db");
  make(path);
  const opening = expect(async () => openSqlite({ path })).rejects;
  await opening.toThrow(`${path} `);
  await expect(async () => openSqlite({ path })).rejects.toThrow(reason);
});

test.each([1, 4_096, 20_000])("refuses a file whose last %i bytes are missing", async (bytes) => {
  const path = copyOf(copyAt20);
  const [whole] = bytesOf(path);
  truncateSync(path, Number(whole?.length) - bytes);
  await expect(async () => openSqlite({ path })).rejects.toThrow(/shop\.db is cut off: it has \d+ bytes of \d+/);
});
