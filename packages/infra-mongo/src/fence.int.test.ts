import { randomUUID } from "node:crypto";
import type {} from "@holdfast/test-services";
import { MongoClient, MongoNetworkError } from "mongodb";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { clientOptions } from "./client-options.ts";
import { collectionsOf } from "./collections.ts";
import { Deadline } from "./deadline.ts";
import { fence } from "./fence.ts";
import { setUp } from "./set-up.ts";
import { freshId, withFailingCommand } from "./testing/shop.ts";
import { TimedSession } from "./timed-session.ts";

const databaseName = `fence-${randomUUID()}`;
const url = inject("mongoUrl");
const appName = databaseName; // so that the failures requested here do not hit other tests
const client = new MongoClient(url, { ...clientOptions, appName });
const { journal } = collectionsOf(client, databaseName);

beforeAll(() => setUp(collectionsOf(client, databaseName), databaseName));
afterAll(() => client.close());

/** A transaction that has written its journal entry, before its commit. */
async function open(id: string): Promise<TimedSession> {
  const session = new TimedSession(client, Deadline.in(20_000));
  session.begin();
  const entry = { _id: id, at: 1, records: [], levelsBefore: [], skus: [] } as never;
  await session.step((inSession) => journal.insertOne(entry, { session: inSession }));
  return session;
}

test("says committed of what has committed", async () => {
  const id = freshId();
  const session = await open(id);
  await session.step((inSession) => inSession.commitTransaction());
  expect(await fence(journal, id, () => session.idleSession, Deadline.in(5_000))).toBe("committed");
  session.close();
});

test("says void of what never came to the server, each time", async () => {
  const id = freshId();
  const answers = [1, 2].map(() => fence(journal, id, () => undefined, Deadline.in(5_000)));
  expect(await Promise.all(answers)).toEqual(["void", "void"]);
});

test("ends a transaction that is still open, on its own session, and it can never commit after that", async () => {
  const id = freshId();
  const session = await open(id);
  const lost = { failCommands: ["commitTransaction"], closeConnection: true, appName } as const;
  await withFailingCommand(url, lost, "alwaysOn", () =>
    expect(session.step((inSession) => inSession.commitTransaction())).rejects.toThrow(MongoNetworkError),
  );
  expect(await fence(journal, id, () => session.idleSession, Deadline.in(5_000))).toBe("void");
  expect(await journal.findOne({ _id: id })).toEqual({ _id: id, void: true });
  await expect(session.step((inSession) => inSession.commitTransaction())).rejects.toThrow();
  session.close();
});

test("never says void while a transaction that it cannot end may still commit", async () => {
  const id = freshId();
  const session = await open(id);
  expect(await fence(journal, id, () => undefined, Deadline.in(1_000))).toBe("unknown");
  await session.step((inSession) => inSession.commitTransaction());
  expect(await fence(journal, id, () => undefined, Deadline.in(5_000))).toBe("committed");
  session.close();
});
