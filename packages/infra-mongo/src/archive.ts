import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { isInteger } from "@holdfast/domain";
import { baseline, type DatabaseVersion } from "@holdfast/engine";
import { BSON, type Document } from "mongodb";

/**
 * A backup of a database as one file: lines of JSON, compressed with gzip. The first one says what it is and of which version the
 * database was (in format 1 of none: it was 3), the last one how many documents of each collection there are and the SHA-256 of all lines before it. Each other line is a document with its collection's
 * name, in MongoDB's canonical Extended JSON, which keeps the types of numbers.
 */
export interface ArchivedDocument {
  readonly collection: string;
  readonly document: Document;
}

const format = "holdfast-mongodb-backup";
const formatVersion = 2;

/** Bytes that are compressed at a time. */
const chunkBytes = 65_536;

/** The file is not a backup, or not a whole one. The message names the file. */
export class WrongArchive extends Error {
  override readonly name = "WrongArchive";
}

/** Writes a file. It is on the disk when this resolves. Memory stays flat: documents are read as fast as the disk takes them. */
export async function writeArchive(
  file: string,
  schema: DatabaseVersion,
  documents: AsyncIterable<ArchivedDocument>,
): Promise<void> {
  const target = createWriteStream(file, { flags: "wx", flush: true });
  await pipeline(Readable.from(inChunks(linesOf(schema, documents))), createGzip(), target);
}

async function* linesOf(
  { version, compatibleFrom }: DatabaseVersion,
  documents: AsyncIterable<ArchivedDocument>,
): AsyncGenerator<string> {
  const seen = new Seen();
  yield seen.line(JSON.stringify({ format, version: formatVersion, schema: { version, compatibleFrom } }));
  for await (const { collection, document } of documents) {
    seen.count(collection);
    yield seen.line(`{"${collection}":${BSON.EJSON.stringify(document, { relaxed: false })}}`);
  }
  yield `${seen.end()}\n`;
}

async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = "";
  for await (const line of lines) {
    chunk += line;
    if (chunk.length < chunkBytes) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

/** Of which version the database was. @throws `WrongArchive` where the file is none, or of another format */
export async function archivedVersion(file: string): Promise<DatabaseVersion> {
  for await (const line of linesIn(file)) return versionAt(file, line);
  throw new WrongArchive(`${file} is cut off: its end is missing.`);
}

/**
 * The documents of a file, in their order.
 *
 * @throws `WrongArchive` where it is none, is cut off or was changed; the last two only at its end: read it once before you use it
 */
export async function* readArchive(file: string): AsyncGenerator<ArchivedDocument> {
  const seen = new Seen();
  let ended = false;
  let first = true;
  for await (const line of linesIn(file)) {
    if (ended) throw new WrongArchive(`${file} goes on behind its end: it is damaged.`);
    if (first) {
      versionAt(file, line);
      first = false;
    } else if (line.startsWith('{"end"')) {
      if (line !== seen.end()) throw new WrongArchive(`${file} is damaged: what it holds is not what was written.`);
      ended = true;
      continue;
    } else {
      const [collection, document] = entryOf(file, line);
      seen.count(collection);
      yield { collection, document };
    }
    seen.line(line);
  }
  if (!ended) throw new WrongArchive(`${file} is cut off: its end is missing.`);
}

function versionAt(file: string, line: string): DatabaseVersion {
  const { format: named, version, schema } = parsed(file, line, true);
  if (named !== format) throw new WrongArchive(`${file} is not a backup of a MongoDB database.`);
  if (version === 1) return baseline;
  if (version === formatVersion && isInteger(schema?.version) && isInteger(schema.compatibleFrom)) return schema;
  throw new WrongArchive(
    `${file} is of format ${String(version)}; this version of Holdfast reads ${formatVersion} and older ones.`,
  );
}

function entryOf(file: string, line: string): [string, Document] {
  const [entry] = Object.entries(parsed(file, line));
  if (entry === undefined) throw new WrongArchive(`${file} is damaged: it has a line without a document.`);
  return entry as [string, Document];
}

function parsed(file: string, line: string, relaxed = false): Document {
  try {
    return BSON.EJSON.parse(line, { relaxed }) as Document;
  } catch {
    throw new WrongArchive(`${file} is damaged: it has a line that is no JSON.`);
  }
}

async function* linesIn(file: string): AsyncGenerator<string> {
  let rest = "";
  const text = createGunzip().setEncoding("utf8");
  const source = createReadStream(file).on("error", (error) => text.destroy(error));
  try {
    source.pipe(text);
    for await (const chunk of text as AsyncIterable<string>) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (cause) {
    throw reasonOf(file, cause);
  }
  if (rest !== "") throw new WrongArchive(`${file} is cut off: its end is missing.`);
}

/** Why a file cannot be read, in words. https://nodejs.org/api/zlib.html#error-codes */
function reasonOf(file: string, cause: unknown): Error {
  const { code = "", message } = cause as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: "is not there.",
    EISDIR: "is a folder. Name a file in it.",
    Z_BUF_ERROR: "is cut off: its end is missing.",
    Z_DATA_ERROR: "is damaged, or is not a backup of a MongoDB database.",
  };
  return new WrongArchive(`${file} ${reasons[code] ?? `cannot be read: ${message}`}`, { cause });
}

/** What has been written or read so far. */
class Seen {
  readonly #hash = createHash("sha256");
  readonly #documents = new Map<string, number>();

  /** Takes a line in, and gives it back with its end. */
  line(line: string): string {
    const whole = `${line}\n`;
    this.#hash.update(whole);
    return whole;
  }

  count(collection: string): void {
    this.#documents.set(collection, (this.#documents.get(collection) ?? 0) + 1);
  }

  /** The closing line of what has been taken in. */
  end(): string {
    const documents = Object.fromEntries([...this.#documents].sort(([a], [b]) => (a < b ? -1 : 1)));
    return JSON.stringify({ end: { documents, sha256: this.#hash.copy().digest("hex") } });
  }
}
