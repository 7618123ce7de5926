import { randomUUID } from "node:crypto";
import { Migrations, Unavailable } from "@holdfast/engine";
import type {} from "@holdfast/test-services";
import { create, place } from "@holdfast/testing";
import { MongoClient } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";
import { collectionsOf } from "./collections.ts";
import { migrateMongo } from "./migrate-mongo.ts";
import { mongoMigrations } from "./migrations.ts";
import { openMongo } from "./open-mongo.ts";
import { ask, transact } from "./testing/shop.ts";
import { VersionWatch, watched } from "./version-watch.ts";

const url = inject("mongoUrl");
const now = mongoMigrations.newest.version;
const shutOut = new Migrations([
  ...mongoMigrations,
  { version: now + 1, name: "more", kind: "expand" as const, run: async () => {} },
  { version: now + 2, name: "less", kind: "contract" as const, compatibleFrom: now + 1, run: async () => {} },
]);

/** A program of today, on a test clock, and one that migrates its database. */
async function runningProgram() {
  const address = { url, databaseName: `watch-${randomUUID()}` };
  const database = await openMongo(address);
  onTestFinished(() => database.close());
  let clock = 0;
  const client = new MongoClient(url);
  onTestFinished(() => client.close());
  const program = watched(
    database,
    new VersionWatch(collectionsOf(client, address.databaseName), now, now, () => clock),
  );
  return {
    program,
    passes: (ms: number) => {
      clock += ms;
    },
    migrate: (upTo: "needed" | "newest") => migrateMongo(address, { migrations: shutOut, upTo, contractWaitMs: 1 }),
  };
}

const gone = /the database was migrated beyond this version of Holdfast/;

test("a program goes on beside an expand, and writes nothing from five seconds after a contract on", async () => {
  const { program, passes, migrate } = await runningProgram();
  expect(await ask(program, create("tea", 5))).toEqual(["ok"]);
  await migrate("needed");
  passes(5_000);
  expect(await ask(program, place("o1", { tea: 1 }))).toEqual(["ok"]);
  await migrate("newest");
  passes(4_999);
  expect(await ask(program, place("o2", { tea: 1 }))).toEqual(["ok"]);
  passes(1);
  expect(await transact(program, [place("o3", { tea: 1 })])).toMatchObject({
    kind: "not_committed",
    transient: true,
    reason: expect.stringMatching(gone),
  });
  await expect(program.probe()).rejects.toThrow(gone);
  await expect(program.sequencer?.stamp(1)).rejects.toThrow(Unavailable);
  await expect(program.apiKeys.revoke("key_1" as never, 1 as never)).rejects.toThrow(gone);
  await expect(program.apiKeys.create({} as never)).rejects.toThrow(gone);
  expect(await program.apiKeys.list({ limit: 5 })).toEqual([]);
  expect((await program.queries.orders({}, { limit: 5 })).length).toBe(2);
});
