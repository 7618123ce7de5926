import type { FeedEpoch } from "@holdfast/engine";
import { copyDatabase } from "./copy-database.ts";
import { WrongFile } from "./database-file.ts";
import { expectSound } from "./sound-database.ts";

/** How long a look at a file waits for another program. */
export const lookMs = 2_000;

/**
 * Writes a database, as it is at one moment, to a file that is not there yet; also while it is served. The copy has an epoch of
 * its own, so that it begins a new feed also where it is put back by hand. Gives what its journal lacks, if anything.
 *
 * @throws `WrongFile` where there is nothing to copy, or it is damaged
 */
export function backUpSqlite(path: string, to: string, epoch: FeedEpoch): string | undefined {
  if (expectSound(path, lookMs) === "nothing") throw new WrongFile(`There is no database ${path}; see DATABASE_URL.`);
  return copyDatabase(path, to, epoch);
}
