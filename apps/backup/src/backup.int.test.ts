import { randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { openSale, ordersOf, placed, readFeed, run, serve } from "./test-shop.ts";

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const newFile = () => `file:${newFolder()}/shop.db`;
const newMongo = () => inject("mongoUrl").replace(/\/(\?|$)/, `/backup-${randomUUID()}$1`);

describe.each([
  ["SQLite", newFile, 300],
  ["MongoDB", newMongo, 60],
])("on %s", (_name, newUrl, orders) => {
  test("backs up a shop in the middle of its sale, and restores all of one moment elsewhere", async () => {
    const file = join(newFolder(), "shop.backup");
    const shop = await serve(newUrl());
    const sale = await openSale(shop);
    await placed(sale, orders);
    const before = [...sale.acknowledged];
    expect(await run("backup", shop.url, file)).toEqual({ code: 0, stdout: `Backed up to ${file}`, stderr: "" });
    const after = [...sale.acknowledged];
    await placed(sale, after.length + 20);
    await sale.stop();
    expect(await shop.app.stop()).toBe(0);

    const url = newUrl();
    expect(await run("restore", url, file)).toMatchObject({ code: 0, stderr: "" });
    const again = await serve(url);
    const kept = await ordersOf(again);
    expect(before.filter((id) => !kept.has(id))).toEqual([]);
    expect([...kept].filter((id) => !sale.acknowledged.includes(id)).length).toBeLessThanOrEqual(10);
    expect(kept.size).toBeLessThan(sale.acknowledged.length);
    expect((await again.ask("/v1/reconciliation")).body).toMatchObject({ ok: true });
    const { positions } = await readFeed(again);
    expect(positions).toEqual(positions.map((_, index) => index + 1));
    expect((await again.ask("/v1/orders", { lines: [{ sku: "lamp", quantity: 1 }] })).status).toBe(201);
  });

  test("makes readers of the feed begin anew after each restore", async () => {
    const file = join(newFolder(), "shop.backup");
    const shop = await serve(newUrl());
    const price = { amount: 4_900, currency: "EUR" };
    await shop.ask("/v1/products", { sku: "lamp", name: "Lamp", price, totalStock: 5 });
    const cursors = [(await readFeed(shop)).cursor];
    expect(await run("backup", shop.url, file)).toMatchObject({ code: 0 });
    await shop.app.stop();
    for (const url of [newUrl(), newUrl()]) {
      expect(await run("restore", url, file)).toMatchObject({ code: 0 });
      const restored = await serve(url);
      for (const cursor of cursors) {
        const { status, body } = await restored.ask(`/v1/events?cursor=${cursor}&waitSeconds=30`);
        expect([status, body.code]).toEqual([410, "feed_restarted"]);
        expect((await restored.ask(`/v1/events?cursor=${body.nextCursor}`)).status).toBe(200);
      }
      cursors.push((await readFeed(restored)).cursor);
      await restored.app.stop();
      expect(await run("restore", url, "--new-epoch")).toMatchObject({ code: 0, stderr: "" });
      const renewed = await serve(url);
      expect((await renewed.ask(`/v1/events?cursor=${cursors.at(-1)}`)).body.code).toBe("feed_restarted");
      await renewed.app.stop();
    }
  });

  test("replaces no backup without --force, and leaves nothing half done beside one", async () => {
    const folder = newFolder();
    const file = join(folder, "shop.backup");
    writeFileSync(file, "precious");
    const shop = await serve(newUrl());
    expect(await run("backup", shop.url, file)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/already there.*--force/),
    });
    expect(readFileSync(file, "utf8")).toBe("precious");
    expect(await run("backup", shop.url, file, "--force")).toMatchObject({ code: 0 });
    const whole = readFileSync(file);
    expect(whole.length).toBeGreaterThan(100);
    await shop.app.stop();
    truncateSync(file, Math.floor(whole.length * 0.7));
    const url = newUrl();
    expect(await run("restore", url, file)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/shop\.backup is cut off/),
    });
    writeFileSync(file, whole);
    expect(await run("restore", url, file)).toMatchObject({ code: 0 });
    expect(readdirSync(folder)).toEqual(["shop.backup"]);
  });

  test("restores into no database that holds something and is in use, with --force or without", async () => {
    const file = join(newFolder(), "shop.backup");
    const shop = await serve(newUrl());
    await run("backup", shop.url, file);
    for (const words of [[], ["--force"]]) {
      const ended = await run("restore", shop.url, file, ...words);
      expect(ended).toEqual({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(/is served by another|is not empty/),
      });
    }
    expect((await shop.ask("/v1/events")).status).toBe(200);
  });

  test.each([
    ["a folder that is not there", (folder: string) => `${folder}/none/shop.backup`, /there is no folder .*none/],
    ["a folder", (folder: string) => folder, /is a folder/],
  ])("backs up to no file in place of %s", async (_what, fileIn, reason) => {
    const shop = await serve(newUrl());
    const ended = await run("backup", shop.url, fileIn(newFolder()));
    expect(ended).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(reason) });
    expect(ended.stderr.split("\n")).toHaveLength(1);
  });

  test.each([
    ["nothing", () => {}, /is not there|There is no file/],
    ["a folder", (file: string) => mkdirSync(file), /is a folder/],
    ["an empty file", (file: string) => writeFileSync(file, ""), /is empty|is cut off/],
    ["a text", (file: string) => writeFileSync(file, "SQLite formal 3".repeat(100)), /is not a|is damaged/],
    [
      "a damaged file",
      (file: string) => writeFileSync(file, Buffer.from(`1f8b08${"00".repeat(200)}`, "hex")),
      /damaged|no SQLite/,
    ],
  ])("restores nothing from %s", async (_what, make, reason) => {
    const file = join(newFolder(), "shop.backup");
    make(file);
    const url = newUrl();
    const ended = await run("restore", url, file);
    expect(ended).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(reason) });
    expect(ended.stderr.split("\n")).toHaveLength(1);
    expect(ended.stderr).toContain(file);
    expect(url.startsWith("file:") && existsSync(url.slice("file:".length))).toBe(false);
  });

  test("says so where there is no database to back up", async () => {
    const file = join(newFolder(), "shop.backup");
    const ended = await run("backup", newUrl(), file);
    expect(ended).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(/[Tt]here is no .*database/) });
    expect(existsSync(file)).toBe(false);
  });
});
