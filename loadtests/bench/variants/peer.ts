import { startPostgres } from "@holdfast/test-services";
import pg from "pg";
import { type BenchDeployment, type BenchServices, idleAtOnce } from "./bench-deployment.ts";
import { spawnBenchServer } from "./bench-servers.ts";
import { peerTables } from "./peer-tables.ts";

/** The service that the bench compares with: `peer-server` on a PostgreSQL of its own. */
export async function startPeer({ bench }: BenchServices): Promise<BenchDeployment> {
  const postgres = await startPostgres();
  try {
    const database = new URL(postgres.url);
    database.pathname = `/${bench}`;
    await query(postgres.url, `CREATE DATABASE "${bench}"`);
    await query(database.href, peerTables);
    const { url, stop } = await spawnBenchServer("peer-server", { DATABASE_URL: database.href });
    return {
      urls: [url],
      keepsStock: false,
      idle: idleAtOnce,
      async stop() {
        await stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function query(connectionString: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(text).finally(() => client.end());
}
