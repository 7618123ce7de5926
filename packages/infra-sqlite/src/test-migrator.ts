import { writeSync } from "node:fs";
import { Migrations } from "@holdfast/engine";
import { type SqliteMigration, sqliteMigrations } from "./migrations.ts";
import { connectFirst } from "./set-up-file.ts";

// A process that stays in the middle of a migration until it is killed, with more written than fits in its memory.

const stuck: SqliteMigration = {
  version: sqliteMigrations.newest.version + 1,
  name: "stuck",
  kind: "expand",
  run(db) {
    db.exec(
      "ALTER TABLE products ADD COLUMN shelf TEXT NOT NULL DEFAULT 'A'; CREATE TABLE heaps (id INTEGER, body TEXT)",
    );
    const insert = db.prepare("INSERT INTO heaps VALUES (?, ?)");
    for (let id = 0; id < 12_000; id += 1) insert.run(id, "x".repeat(2_000));
    writeSync(1, "in the middle\n");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
};

connectFirst(process.argv[2] ?? "", {
  busyTimeoutMs: 1_000,
  mayMigrate: true,
  migrations: new Migrations([...sqliteMigrations, stuck]),
});
