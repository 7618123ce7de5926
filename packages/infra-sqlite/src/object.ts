import { type Database, StoreTime } from "@holdfast/engine";
import { databaseOn } from "./database-on.ts";
import { type ObjectStorage, objectDatabase } from "./object-database.ts";
import type { Written } from "./row-writer.ts";
import { type SetUpObjectOptions, setUpObject } from "./set-up-object.ts";
import { recounterHere } from "./sqlite-recounts.ts";
import { type Writer, writerHere } from "./writer.ts";

export type { ObjectStorage } from "./object-database.ts";

/** How to open a Durable Object's database. */
export interface ObjectOptions extends SetUpObjectOptions {
  /** The store's time; by the object's clock unless a test sets it. */
  readonly time?: StoreTime;
}

/**
 * Opens the database in a Durable Object's own storage: the tables and statements of `openSqlite`, on the object's SQLite. One object is one
 * database. A commit is answered when it is durable, and the next one gathers meanwhile.
 *
 * @throws where the tables are newer than this program
 */
export function openObject(storage: ObjectStorage, options: ObjectOptions = {}): Database {
  const db = objectDatabase(storage);
  setUpObject(db, options);
  const parts = { recounter: recounterHere(db), writer: durably(writerHere(db), storage) };
  return { ...databaseOn(db, { ...parts, time: options.time ?? new StoreTime() }), close: async () => {} };
}

function durably(writer: Writer, storage: Pick<ObjectStorage, "sync">): Writer {
  const whenDurable = async (writing: Promise<Written>): Promise<Written> => {
    const written = await writing;
    if (written.kind !== "committed") return written;
    try {
      await storage.sync();
      return written;
    } catch (cause) {
      return { kind: "unknown", reason: "the database cannot be written: its storage does not answer", cause };
    }
  };
  return {
    write: (request) => whenDurable(writer.write(request)),
    writeKey: (request) => whenDurable(writer.writeKey(request)),
    writeFold: (request) => whenDurable(writer.writeFold(request)),
    probe: () => whenDurable(writer.probe()),
    close: () => writer.close(),
  };
}
