import { randomUUID } from "node:crypto";
import type { Instant, Sku } from "@holdfast/domain";
import type { JournalPlace } from "@holdfast/engine";
import type {} from "@holdfast/test-services";
import { type Document, MongoClient } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";
import { clientOptions } from "./client-options.ts";
import { type Collections, collectionsOf } from "./collections.ts";
import { readJournal } from "./mongo-journal.ts";
import { setUp } from "./set-up.ts";

const tea = "tea" as Sku;
const entries = 24;
const options = { maxTimeMS: 5_000 };

interface Journal {
  readonly collections: Collections;
  /** The questions that were asked, as the server saw them. */
  readonly finds: Document[];
}

/** A journal of 24 entries, three in each millisecond. Every other one names `tea`: 12, 6 of which share theirs with another. */
async function openJournal(): Promise<Journal> {
  const client = new MongoClient(inject("mongoUrl"), { ...clientOptions, monitorCommands: true });
  onTestFinished(() => client.close());
  const databaseName = `journal-${randomUUID()}`;
  const collections = collectionsOf(client, databaseName);
  await setUp(collections, databaseName);
  await collections.journal.insertMany(
    Array.from({ length: entries }, (_, n) => {
      const sku = n % 2 === 0 ? tea : ("cup" as Sku);
      const level = { sku, locationId: "main", version: n, totalStock: 9, reservedStock: 0, committedStock: 0 };
      const record = { type: "ProductCreated", actor: "tester", sku };
      return {
        _id: idOf(n),
        at: (1_800_000_000_000 + Math.floor(n / 3)) as Instant,
        records: [record],
        levelsBefore: [{ ...level, safetyStock: 0 }],
        skus: [sku],
      } as never;
    }),
  );
  const finds: Document[] = [];
  client.on("commandStarted", ({ commandName, command }) => {
    if (commandName === "find") finds.push(command);
  });
  return { collections, finds };
}

function idOf(n: number): string {
  return String(n).padStart(26, "0");
}

const newestFirst = Array.from({ length: entries / 2 }, (_, n) => idOf(entries - 2 - 2 * n));

test.each([1, 2, 3, 5, 12, 13])("lists the entries of a SKU once, newest first, %i at a time", async (limit) => {
  const { collections } = await openJournal();
  const read: string[] = [];
  let after: JournalPlace | undefined;
  do {
    const page = await readJournal(collections, tea, { limit, ...(after && { after }) }, options);
    expect(page.length).toBeLessThanOrEqual(limit);
    expect(page.every((entry) => "records" in entry)).toBe(true);
    read.push(...page.map(({ id }) => id));
    after = page.length < limit ? undefined : page.at(-1);
  } while (after !== undefined);
  expect(read).toEqual(newestFirst);
});

test("looks at no entry but those of the SKU that lie behind the place, and finds them by the index", async () => {
  const { collections, finds } = await openJournal();
  const [eighth] = (await readJournal(collections, tea, { limit: 8 }, options)).slice(-1);
  expect(eighth?.id).toBe(newestFirst[7]);
  const firstPage = finds.length;
  await readJournal(collections, tea, { limit: 9, ...(eighth && { after: eighth }) }, options);
  const plans = await Promise.all(finds.slice(firstPage).map((find) => planOf(collections, find)));
  expect(plans.map(({ winningPlan }) => JSON.stringify(winningPlan).includes("COLLSCAN"))).not.toContain(true);
  expect(plans.reduce((looks, { documents }) => looks + documents, 0)).toBe(4);
});

/** What the server does for a question, and how many documents it looks at. */
async function planOf(
  { client, journal }: Collections,
  { find, filter, sort, limit }: Document,
): Promise<{ readonly winningPlan: Document; readonly documents: number }> {
  const question = { explain: { find, filter, sort, limit }, verbosity: "executionStats" };
  const { queryPlanner, executionStats } = await client.db(journal.dbName).command(question);
  return { winningPlan: queryPlanner.winningPlan, documents: executionStats.totalDocsExamined };
}
