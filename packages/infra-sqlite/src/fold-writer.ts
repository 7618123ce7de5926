import { type EntityName, foldOn, isReadable, type LevelName, type Line, levelKey } from "@holdfast/domain";
import { contributionStatements, lastId } from "./contribution-statements.ts";
import { entityTables } from "./entity-table.ts";
import { type Written, writtenOf } from "./row-writer.ts";
import { entityOf, firstRow } from "./rows.ts";
import type { SqlDatabase, SqlStatement } from "./sql-database.ts";
import { inTransaction } from "./transaction.ts";

/** A level whose fold is to be moved on; or forgotten, where `forget` is the number of folds it was read with. */
export interface FoldRequest {
  readonly level: LevelName;
  readonly forget?: number;
}

/** Writes levels' folds, where batches are written: nothing moves a level while its fold is worked out. */
export class FoldWriter {
  readonly #db: SqlDatabase;
  readonly #level: SqlStatement;
  readonly #lines: readonly (readonly [EntityName, SqlStatement])[];
  readonly #update: SqlStatement;
  readonly #forget: SqlStatement;

  constructor(db: SqlDatabase) {
    this.#db = db;
    this.#level = db.prepare(entityTables.levels.byKey);
    this.#lines = contributionStatements.map(({ name, lines }) => [name, db.prepare(lines)]);
    this.#update = db.prepare("UPDATE levels SET folds = ?, fold = ? WHERE sku = ? AND location_id = ?");
    this.#forget = db.prepare(
      "UPDATE levels SET folds = folds + 1, fold = NULL WHERE sku = ? AND location_id = ? AND folds = ?",
    );
  }

  write({ level, forget }: FoldRequest): Written {
    const { sku, locationId } = level;
    const ended = inTransaction(this.#db, () =>
      forget === undefined ? this.#foldOn(level) : this.#forget.run(sku, locationId, forget).changes === 1,
    );
    return writtenOf(ended, () => "unknown");
  }

  #foldOn({ sku, locationId }: LevelName): boolean {
    const row = firstRow(this.#level, ...entityTables.levels.keyValues(levelKey(sku, locationId)));
    const level = row && entityOf("levels", row);
    if (level === undefined || !isReadable(level)) return false;
    const next = this.#lines.map(([name, statement]) => {
      const behind = level.fold?.through[name] ?? "";
      return [name, statement.iterate(sku, locationId, behind, lastId) as Iterable<unknown> as Iterable<Line>];
    });
    const folded = foldOn(level, Object.fromEntries(next));
    if (folded === undefined) return false;
    this.#update.run(folded.folds ?? null, JSON.stringify(folded.fold), sku, locationId);
    return true;
  }
}
