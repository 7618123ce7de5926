import {
  addSums,
  balanceAfter,
  type EntityName,
  emptyLevel,
  isEnough,
  isInteger,
  isReadable,
  type LevelName,
  levelKey,
  noSums,
  noTally,
  type Read,
  type Recount,
  recountOf,
  type StockLevel,
  type StoredLevel,
  type Sums,
  type Through,
  type Trust,
  tallyNames,
  Unreadable,
} from "@holdfast/domain";
import { columnsOf, contributionStatements, lastId } from "./contribution-statements.ts";
import { entityOf, entryOf, firstRow, type Row } from "./rows.ts";
import type { SqlDatabase, SqlStatement } from "./sql-database.ts";

const levelWithEntry = `
SELECT levels.*, journal.id, journal.body FROM levels LEFT JOIN journal ON journal.id = levels.journal_id
WHERE levels.sku = ? AND levels.location_id = ?`;

/** Works a level's figures out anew. Call it inside a transaction: then they come from one consistent read. */
export class RecountReader {
  readonly #level: SqlStatement;
  readonly #sums: readonly (readonly [EntityName, SqlStatement])[];

  constructor(db: SqlDatabase) {
    this.#level = db.prepare(levelWithEntry);
    this.#sums = contributionStatements.map(({ name, sums }) => [name, db.prepare(sums)]);
  }

  /**
   * One that is not there counts nothing, whatever its sources say. Takes as long as it has orders that are not folded; where its fold is not trusted, as
   * it has orders: about a second for a million.
   */
  read({ sku, locationId }: LevelName, trust: Trust): Read<Recount> {
    const row = firstRow(this.#level, sku, locationId);
    const level = row === undefined ? emptyLevel(sku, locationId) : entityOf("levels", row);
    if (level instanceof Unreadable) return level;
    const { fold }: StoredLevel = level;
    const behind = this.#sumsBetween(level, fold?.through ?? {});
    if (behind instanceof Unreadable) return behind;
    const journalled = journalledIn(row, level);
    const recount = recountOf(level, journalled, behind);
    if (isEnough(recount, trust)) return recount;
    const folded = this.#sumsBetween(level, {}, fold?.through ?? {});
    return isReadable(folded) ? recountOf(level, journalled, behind, folded) : folded;
  }

  #sumsBetween(level: LevelName, after: Through, through?: Through): Read<Sums> {
    let sums = noSums;
    for (const [name, statement] of this.#sums) {
      const upTo = through === undefined ? lastId : (through[name] ?? "");
      const row = sumRow(statement, level, after[name] ?? "", upTo);
      for (const counter of tallyNames) {
        const columns = columnsOf(counter);
        const [units = 0, count = 0] = [row?.[columns.units], row?.[columns.count]];
        if (row === undefined || !isInteger(units) || !isInteger(count)) return notWhole(level);
        sums = addSums(sums, { units: { ...noTally, [counter]: units }, counts: { ...noTally, [counter]: count } });
      }
    }
    return sums;
  }
}

/** `undefined` where SQLite's own sum has passed 2^63. */
function sumRow(statement: SqlStatement, { sku, locationId }: LevelName, after: string, upTo: string) {
  try {
    return firstRow(statement, sku, locationId, after, upTo);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("integer overflow")) return undefined;
    throw error;
  }
}

function journalledIn(row: Row | undefined, { sku, locationId }: LevelName): Read<StockLevel> {
  if (row === undefined || row["body"] === null) return emptyLevel(sku, locationId);
  const entry = entryOf(row);
  return isReadable(entry) ? balanceAfter(entry, { sku, locationId }) : entry;
}

function notWhole({ sku, locationId }: LevelName): Unreadable {
  return new Unreadable("tally", levelKey(sku, locationId), "its orders or adjustments add up to no whole number");
}
