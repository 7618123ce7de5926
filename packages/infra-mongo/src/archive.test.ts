import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { Decimal128, Double, Int32, Long, Timestamp } from "mongodb";
import { expect, onTestFinished, test } from "vitest";
import { type ArchivedDocument, archivedVersion, readArchive, writeArchive } from "./archive.ts";

const document = {
  _id: "tea\n🍵",
  whole: new Int32(5),
  long: Long.fromString("9007199254740993"),
  half: new Double(5),
  exact: Decimal128.fromString("10"),
  at: new Timestamp({ t: 7, i: 3 }),
  texts: ["", "\u0000", '{"end"'],
};

const documents: ArchivedDocument[] = [
  { collection: "levels", document },
  ...Array.from({ length: 5_000 }, (_, n) => ({
    collection: "orders",
    document: { _id: `o${n}`, note: "x".repeat(n % 50) },
  })),
];

async function* all(): AsyncGenerator<ArchivedDocument> {
  yield* documents;
}

async function written(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-archive-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "shop.backup");
  await writeArchive(file, { version: 5, compatibleFrom: 4 }, all());
  return file;
}

/** As text: two numbers of different types are never equal. */
async function read(file: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of readArchive(file)) found.push(JSON.stringify(entry));
  return found;
}

test("brings documents there and back, with the types of their numbers", async () => {
  const found = await read(await written());
  expect(found).toEqual(documents.map((entry) => JSON.stringify(entry)));
  expect(found[0]).toContain('"half":5');
});

test("says of which version the database was; a file of the first format is of 3", async () => {
  const file = await written();
  expect(await archivedVersion(file)).toEqual({ version: 5, compatibleFrom: 4 });
  const first = gunzipSync(readFileSync(file))
    .toString()
    .replace(/"version":2,"schema":[^}]*}/, '"version":1');
  writeFileSync(file, gzipSync(first));
  expect(await archivedVersion(file)).toEqual({ version: 3, compatibleFrom: 3 });
});

test.each([0, 1, 20, 200, 5_000, -8, -1])("says that a file is cut off after %i bytes", async (bytes) => {
  const file = await written();
  writeFileSync(file, readFileSync(file).subarray(0, bytes));
  await expect(read(file)).rejects.toThrow(/shop\.backup is (cut off|damaged)/);
});

test.each([
  ["has a byte that was changed", (text: string) => text.replace('"o77"', '"o78"'), /is damaged: what it holds/],
  ["lacks a line", (text: string) => text.replace(/.*"o77".*\n/, ""), /is damaged: what it holds/],
  ["lacks its closing line", (text: string) => text.replace(/\{"end".*\n/, ""), /is cut off/],
  ["goes on behind its end", (text: string) => `${text}{"orders":{}}\n`, /goes on behind its end/],
  ["has a line that is no JSON", (text: string) => text.replace('{"orders"', "orders"), /no JSON/],
  ["is of another format", (text: string) => text.replace('"version":2', '"version":3'), /is of format 3.*reads 2/],
  ["is something else", () => '{"type":"recipes"}\n', /is not a backup of a MongoDB database/],
])("refuses a file that %s", async (_what, change, reason) => {
  const file = await written();
  writeFileSync(file, gzipSync(change(gunzipSync(readFileSync(file)).toString())));
  await expect(read(file)).rejects.toThrow(reason);
});

test.each([
  ["is not compressed", (file: string) => writeFileSync(file, "SQLite format 3"), /is damaged, or is not a backup/],
  ["is not there", (file: string) => rmSync(file), /is not there/],
])("refuses a file that %s", async (_what, change, reason) => {
  const file = await written();
  change(file);
  await expect(read(file)).rejects.toThrow(reason);
});

test("writes over no file", async () => {
  const file = await written();
  await expect(writeArchive(file, { version: 5, compatibleFrom: 4 }, all())).rejects.toThrow(/EEXIST/);
});
