import type { ClientSession, FindOptions, MongoClient } from "mongodb";
import type { Collections } from "./collections.ts";

/** The options of a read that sees the same moment as the others. */
export type OfOneMoment = Required<Pick<FindOptions, "session">> & Pick<FindOptions, "readConcern">;

/**
 * Runs reads that all see the database as it is at one moment, whatever is committed meanwhile. The server keeps that moment for
 * `minSnapshotHistoryWindowInSeconds` (300 s unless it is set).
 *
 * Some servers silently treat snapshot reads as ordinary ones. So they are tested with a write between two of them; if they fail the
 * test, a transaction is used, which lasts as long as the server allows.
 */
export async function atOneMoment<T>(collections: Collections, run: (options: OfOneMoment) => Promise<T>): Promise<T> {
  const { client } = collections;
  // The driver does not override a read concern that is set elsewhere, so pass it with each read.
  const options = (session: ClientSession): OfOneMoment => ({ session, readConcern: { level: "snapshot" } });
  const kept = await withSession(client, { snapshot: true }, async (session) =>
    (await isKept(collections, options(session))) ? { result: await run(options(session)) } : undefined,
  );
  if (kept !== undefined) return kept.result;
  return await withSession(client, {}, async (session) => {
    session.startTransaction({ readConcern: { level: "snapshot" } });
    const result = await run({ session });
    await session.abortTransaction();
    return result;
  });
}

async function isKept({ meta }: Pick<Collections, "meta">, options: OfOneMoment): Promise<boolean> {
  const times = async () => (await meta.findOne({ _id: "probe" }, options))?.times ?? 0;
  const before = await times();
  await meta.updateOne({ _id: "probe" }, { $inc: { times: 1 } }, { upsert: true });
  return (await times()) === before;
}

async function withSession<T>(
  client: MongoClient,
  options: { readonly snapshot?: boolean },
  run: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const session = client.startSession(options);
  try {
    return await run(session);
  } finally {
    await session.endSession();
  }
}
