import { setTimeout as sleep } from "node:timers/promises";
import {
  baseline,
  idsByTime,
  type Migrated,
  type Migration,
  type Migrations,
  Misconfigured,
  type UpTo,
} from "@holdfast/engine";
import type { Collections } from "./collections.ts";
import { expectKnown, versionIn, writeFirstVersion } from "./database-version.ts";
import { MigrationLock } from "./migration-lock.ts";
import { type MongoMigration, mongoMigrations } from "./migrations.ts";
import { runSteps } from "./run-steps.ts";
import { setUp } from "./set-up.ts";
import { writesEndAfterMs } from "./version-watch.ts";

export interface MigrateOptions {
  /** Whether an older database may be migrated here. True unless it is set. */
  readonly mayMigrate?: boolean;
  /** `needed` unless it is set. */
  readonly upTo?: UpTo;
  /** Hears of each step before it runs. */
  readonly onStep?: (step: Migration) => void;
  /** The steps there are, and how long things take; a test has its own. */
  readonly migrations?: Migrations<MongoMigration>;
  readonly leaseMs?: number;
  readonly contractWaitMs?: number;
  readonly documentsAtATime?: number;
}

/** How long a killed process keeps the others waiting. */
const leaseMsDefault = 15_000;

/** How many documents a step changes in one batch: some milliseconds of the server's time. */
const documentsAtATimeDefault = 500;

/** Between two looks at whether another process has migrated the database. */
const lookEveryMs = 250;

/**
 * Makes what a database lacks, and migrates an older one: one process does, others wait for it, however long it takes.
 *
 * Throws `Misconfigured` where the database is newer than this program, or older and must not be migrated here.
 */
export async function setUpDatabase(
  collections: Collections,
  databaseName: string,
  options: MigrateOptions = {},
): Promise<Migrated> {
  const { migrations = mongoMigrations, upTo = "needed", mayMigrate = true } = options;
  const { leaseMs = leaseMsDefault, contractWaitMs = writesEndAfterMs, onStep } = options;
  const { documentsAtATime = documentsAtATimeDefault } = options;
  const there = await versionIn(collections);
  if (there !== undefined) expectKnown(there, databaseName, migrations);
  if (there !== undefined && !mayMigrate && there.version < migrations.needed) {
    throw new Misconfigured(
      `the database ${databaseName} is of version ${there.version}, and this program needs ${migrations.needed}: start an API or a worker of the new version, or run \`npx holdfast migrate\` (in the repository \`pnpm migrate\`), and then this again.`,
    );
  }
  // Write the version first: a process that starts now must not take an empty database for one of version 3.
  if (there === undefined) await writeFirstVersion(collections, migrations.newest);
  await setUp(collections, databaseName);
  await writeFirstVersion(collections, baseline);
  const ran: MongoMigration[] = [];
  const holder = idsByTime()();
  for (;;) {
    const to = (await versionIn(collections)) ?? baseline;
    expectKnown(to, databaseName, migrations);
    const steps = migrations.steps(to, upTo);
    if (steps.length === 0) return { from: there ?? to, to, ran, waiting: migrations.waiting(to) };
    const lock = await MigrationLock.take(collections.meta, holder, leaseMs);
    if (lock === undefined) await sleep(lookEveryMs);
    else {
      try {
        // Another process may have run some of them before it gave the lock back.
        const left = migrations.steps(lock.version, upTo);
        await runSteps(collections, lock, left, { onStep, contractWaitMs, documentsAtATime });
        ran.push(...left);
      } finally {
        await lock.release().catch(() => {}); // the lease ends by itself
      }
    }
  }
}
