import { MongoClient } from "mongodb";

/** Removes the database that a URL names: what one scenario has written must not slow the next one down. */
export async function dropDatabase(mongoUrl: string): Promise<void> {
  const client = new MongoClient(mongoUrl);
  try {
    await client.db().dropDatabase();
  } finally {
    await client.close();
  }
}
