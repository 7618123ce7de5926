import type { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { insertEntry } from "./journal-positions.ts";
import { RowWriter } from "./row-writer.ts";
import { connectFirst } from "./set-up-file.ts";

const batch = { id: "entry-1", rows: new Map([[insertEntry, [["entry-1", "{}"]]]]), decidedAt: 0 };

/** The result codes of SQLite that these tests need. */
const codes = { BUSY: 5, FULL: 13, IOERR_FSYNC: 1034, IOERR_SHMSIZE: 4874 } as const;

/** A writer on a database whose COMMITs end as `ends` says, one after another. */
function failingWriter(...ends: readonly { readonly code: keyof typeof codes; readonly written: boolean }[]) {
  const db = connectFirst(":memory:", { busyTimeoutMs: 0 });
  onTestFinished(() => db.close());
  const left = [...ends];
  const exec = db.exec.bind(db);
  db.exec = (sql) => {
    const end = sql === "COMMIT" ? left.shift() : undefined;
    if (end === undefined) return exec(sql);
    exec(end.written ? "COMMIT" : "ROLLBACK");
    throw Object.assign(new Error(`the disk says ${end.code}`), { errcode: codes[end.code] });
  };
  return { db, writer: new RowWriter(db) };
}

function entries(db: DatabaseSync): number {
  return Number(db.prepare("SELECT count(*) AS entries FROM journal").get()?.["entries"]);
}

test.each([
  ["a failed sync, and nothing can be written then", [fails("IOERR_FSYNC"), fails("IOERR_FSYNC")], "unknown"],
  ["a failed sync, and the next transaction finds nothing of it", [fails("IOERR_FSYNC")], "not_committed"],
  ["a failed sync, and the next transaction finds it", [written("IOERR_FSYNC")], "committed"],
  ["a log that was written and could not be told of", [written("IOERR_SHMSIZE"), fails("FULL")], "unknown"],
  ["a full disk", [fails("FULL")], "not_committed"],
  ["a lock", [fails("BUSY")], "not_committed"],
] as const)("a COMMIT that ends with %s is %s", (_what, ends, kind) => {
  const { db, writer } = failingWriter(...ends);
  expect(writer.write(batch).kind).toBe(kind);
  if (kind !== "unknown") expect(entries(db)).toBe(kind === "committed" ? 1 : 0);
});

test("says in words what is wrong, and writes on when it is over", () => {
  const { db, writer } = failingWriter(fails("FULL"), fails("IOERR_FSYNC"));
  expect(writer.write(batch)).toMatchObject({ reason: "the database cannot be written: its disk is full" });
  expect(writer.probe()).toMatchObject({ reason: "the database cannot be written: its disk fails" });
  expect(writer.probe()).toEqual({ kind: "committed" });
  expect(writer.write(batch)).toEqual({ kind: "committed" });
  expect(entries(db)).toBe(1);
});

function fails(code: keyof typeof codes) {
  return { code, written: false };
}

function written(code: keyof typeof codes) {
  return { code, written: true };
}
