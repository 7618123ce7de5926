import { copyFileSync, mkdirSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "./open-sqlite.ts";
import { bytesOf, killShop, makeShop, newFolder, placeOrders, stateOf, withShop } from "./test-files.ts";

/** A copy that was made after 10 orders, and what is left of the shop that was killed 20 later: with and without a clean end between. */
async function killedShop(clean: boolean) {
  const folder = newFolder();
  const [path, copy, killed] = [join(folder, "live.db"), join(folder, "copy.db"), join(folder, "shop.db")];
  await makeShop(path, 10);
  copyFileSync(path, copy);
  if (clean) await withShop(path, (shop) => placeOrders(shop, 10, 20));
  await killShop(path, killed, clean ? 20 : 10, 30);
  return { copy, killed };
}

test("refuses a copy that was put back beside the log of what came later, and touches neither", async () => {
  const { copy, killed } = await killedShop(true);
  copyFileSync(copy, killed);
  const before = bytesOf(killed);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await expect(async () => openSqlite({ path: killed })).rejects.toThrow(
      /shop\.db-wal do not belong together.*pnpm restore/,
    );
    expect(bytesOf(killed)).toEqual(before);
  }
  renameSync(`${killed}-wal`, `${killed}-aside`);
  expect(await stateOf(killed)).toBe("10000/10/0/9990 11");
});

test.each([
  ["its own log", true, false],
  ["the log that was begun when it was copied", false, true],
] as const)("opens a file after a kill with %s, and finds every order", async (_what, clean, copied) => {
  const { copy, killed } = await killedShop(clean);
  if (copied) copyFileSync(copy, killed);
  expect(await stateOf(killed)).toBe("10000/30/0/9970 31");
});

test("refuses a log whose file is gone", async () => {
  const { killed } = await killedShop(true);
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
  const path = join(newFolder(), "shop.db");
  await makeShop(path, 30);
  const [whole] = bytesOf(path);
  truncateSync(path, Number(whole?.length) - bytes);
  await expect(async () => openSqlite({ path })).rejects.toThrow(/shop\.db is cut off: it has \d+ bytes of \d+/);
});
