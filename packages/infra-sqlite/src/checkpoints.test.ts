import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { Checkpoints } from "./checkpoints.ts";
import { connectFirst } from "./set-up-file.ts";

const pagesEach = 50;
const pageBytes = 4_096;

/** A database, and connections that commit to it, copy its log and read it. `copied` tells how often the log was copied so far. */
function openLogged(copyFails = () => false) {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-log-"));
  const path = join(folder, "shop.db");
  const db = connectFirst(path, { busyTimeoutMs: 100 });
  const [copier, reader, meanwhile] = [new DatabaseSync(path), new DatabaseSync(path), new DatabaseSync(path)];
  onTestFinished(() => {
    for (const connection of [copier, reader, meanwhile, db]) connection.close();
    rmSync(folder, { recursive: true });
  });
  db.exec("CREATE TABLE filler (bytes BLOB)");
  const state = { copied: 0 };
  const copy = async () => {
    state.copied += 1;
    if (copyFails()) throw new Error("disk full");
    // Copies what is there now, and not what is committed meanwhile.
    meanwhile.exec("BEGIN");
    meanwhile.prepare("SELECT count(*) FROM filler").get();
    commit();
    copier.exec("PRAGMA wal_checkpoint(PASSIVE)");
    meanwhile.exec("COMMIT");
  };
  const checkpoints = new Checkpoints(db, copy, pagesEach);
  const insert = db.prepare("INSERT INTO filler VALUES (zeroblob(?))");
  const commit = () => insert.run(10 * pageBytes);
  return {
    reader,
    state,
    commit,
    checkpoints,
    logPages: () => Math.floor(statSync(`${path}-wal`).size / pageBytes),
    commits: async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        commit();
        await checkpoints.committed();
      }
    },
  };
}

test("begins the log anew after a number of pages, also while commits go on", async () => {
  const { commits, logPages, state } = openLogged();
  await commits(100);
  expect(logPages()).toBeLessThan(2 * pagesEach);
  expect(state.copied).toBeGreaterThan(10);
});

test("copies once at a time", async () => {
  const { checkpoints, commit, state } = openLogged();
  for (let n = 0; n < 20; n += 1) commit();
  await Promise.all([checkpoints.committed(), checkpoints.committed()]);
  expect(state.copied).toBe(1);
});

test("looks at the log once in a number of pages while a reader needs it, and begins it anew when the reader is done", async () => {
  const { commits, logPages, reader, state } = openLogged();
  reader.exec("BEGIN");
  reader.prepare("SELECT count(*) FROM filler").get();
  await commits(50);
  const grown = logPages();
  expect(grown).toBeGreaterThan(500);
  expect(state.copied).toBeLessThanOrEqual(grown / pagesEach);
  reader.exec("COMMIT");
  await commits(100);
  expect(logPages()).toBeLessThan(grown + 2 * pagesEach);
});

test("goes on committing where the log cannot be copied, and copies it later", async () => {
  let failing = true;
  const { commits, logPages, state } = openLogged(() => failing);
  await commits(20);
  expect(state.copied).toBeGreaterThan(1);
  failing = false;
  await commits(20);
  const grown = logPages();
  await commits(100);
  expect(logPages()).toBe(grown);
});

test("never rejects, also where it cannot even look at the log", async () => {
  const db = new DatabaseSync(":memory:");
  const checkpoints = new Checkpoints(db, async () => {}, pagesEach);
  db.close();
  await expect(checkpoints.committed()).resolves.toBeUndefined();
});
