import type { SQLInputValue } from "node:sqlite";
import { claimedNames, claimKeyOf, declarationOf, type Entity, type EntityName, entityNames } from "@holdfast/domain";
import { type PartTable, type Table, tables } from "./tables.ts";

/** A row to write: the values of a statement, in its order. Values only, so that it can be sent to another thread. */
export type Values = readonly SQLInputValue[];

/** One column of an entity: what it is found by, one of its guards, or a field as JSON. */
interface Column {
  readonly column: string;
  readonly field: string;
  readonly isJson?: true;
  readonly get: (entity: Entity) => SQLInputValue;
}

/** The rows of one list that an entity is found by, and how they are written. */
interface Parts {
  readonly rowsOf: (entity: Entity) => Values[];
  readonly insert: string;
  readonly delete: string;
}

/** An entity's table, with the statements that read and write it. */
export class EntityTable {
  readonly name: EntityName;
  readonly table: string;
  readonly hasBody: boolean;
  /** Columns besides key, claim and body, the guards first. */
  readonly columns: readonly Column[];
  readonly keyColumns: readonly string[];
  /** The field that each column stands for. */
  readonly fields: readonly (readonly [field: string, column: string])[];
  /** Those of them that are JSON. */
  readonly json: readonly string[];
  readonly parts: readonly Parts[];
  /** All that an entity is read from, for a SELECT. */
  readonly selected: string;
  readonly byKey: string;
  /** `undefined` where no idempotency key claims it. */
  readonly byClaim: string | undefined;
  readonly insert: string;
  readonly delete: string;
  readonly #entryColumn: string | undefined;
  readonly #isClaimed: boolean;
  readonly #guarded: string;
  readonly #updates = new Map<string, string>();

  constructor(name: EntityName, { table, keyColumns, columns, parts, body, json = [], entryColumn }: Table) {
    const { guards, searched } = declarationOf(name);
    this.name = name;
    this.table = table;
    this.hasBody = body;
    this.keyColumns = keyColumns;
    const fieldOf = new Map(Object.entries(columns).map(([field, column]) => [column, field]));
    const keyFields = keyColumns.map((column) => [fieldOf.get(column) ?? column, column] as const);
    this.columns = [
      ...guards.map((guard) => ({
        column: guard,
        field: guard,
        get: (entity: Entity) => valueIn(entity, guard) as SQLInputValue,
      })),
      ...Object.entries(columns)
        .filter(([, column]) => !keyColumns.includes(column))
        .map(([field, column]) => ({
          column,
          field,
          get: (entity: Entity) => searched[field]?.(entity as never) ?? null,
        })),
      ...json.map((field) => ({
        column: field,
        field,
        isJson: true as const,
        get: (entity: Entity) => jsonOf(valueIn(entity, field)),
      })),
    ];
    this.json = json;
    this.fields = [...keyFields, ...this.columns.map(({ field, column }) => [field, column] as const)];
    this.parts = Object.entries(parts).map(([list, part]) => partsOf(name, list, part));
    this.#entryColumn = entryColumn;
    this.#isClaimed = claimedNames.some((each) => each === name);
    const claim = this.#isClaimed ? ["claim_key"] : [];
    const read = [...keyColumns, ...this.columns.map(({ column }) => column), ...claim, ...(body ? ["body"] : [])];
    this.selected = read.map((column) => `${table}.${column}`).join(", ");
    const isKey = keyColumns.map((column) => `${column} = ?`).join(" AND ");
    this.byKey = `SELECT ${this.selected} FROM ${table} WHERE ${isKey}`;
    this.byClaim = this.#isClaimed ? `SELECT ${this.selected} FROM ${table} WHERE claim_key = ?` : undefined;
    this.insert = insertInto(table, entryColumn === undefined ? read : [...read, entryColumn]);
    this.#guarded = [isKey, ...guards.map((guard) => `${guard} IS ?`)].join(" AND ");
    this.delete = `DELETE FROM ${table} WHERE ${this.#guarded}`;
  }

  /** The values of the columns that make a key. */
  keyValues(key: string): SQLInputValue[] {
    if (this.keyColumns.length === 1) return [key];
    const at = key.lastIndexOf("@");
    return [key.slice(0, at), key.slice(at + 1)];
  }

  /** For `insert`. */
  insertRow(entity: Entity, entryId: string): Values {
    const row = this.#keyOf(entity);
    for (const { get } of this.columns) row.push(get(entity));
    if (this.#isClaimed) row.push(claimKeyOf(entity) ?? null);
    if (this.hasBody) row.push(JSON.stringify(entity));
    if (this.#entryColumn !== undefined) row.push(entryId);
    return row;
  }

  /** The statement and row that lead from what was read to what it is now. Columns that stay are not written: indexes cost. */
  updateRow(before: Entity, after: Entity, entryId: string): readonly [statement: string, row: Values] {
    const changed: string[] = [];
    const row: SQLInputValue[] = [];
    for (const { column, field, isJson, get } of this.columns) {
      // What is JSON is rarely another, and never made for nothing.
      if (isJson && valueIn(after, field) === valueIn(before, field)) continue;
      const value = get(after);
      if (value === get(before)) continue;
      changed.push(column);
      row.push(value);
    }
    if (this.hasBody) row.push(JSON.stringify(after));
    if (this.#entryColumn !== undefined) row.push(entryId);
    return [this.#update(changed), [...row, ...this.guardRow(before)]];
  }

  /** For `delete`: the key, and the guards as they were read. */
  guardRow(before: Entity): Values {
    const row = [...this.#keyOf(before)];
    for (const guard of declarationOf(this.name).guards) row.push(valueIn(before, guard) as SQLInputValue);
    return row;
  }

  #keyOf(entity: Entity): SQLInputValue[] {
    return this.keyValues(declarationOf(this.name).keyOf(entity as never));
  }

  #update(changed: readonly string[]): string {
    const name = changed.join();
    const known = this.#updates.get(name);
    if (known !== undefined) return known;
    const entry = this.#entryColumn === undefined ? [] : [this.#entryColumn];
    const set = [...changed, ...(this.hasBody ? ["body"] : []), ...entry].map((column) => `${column} = ?`).join(", ");
    const statement = `UPDATE ${this.table} SET ${set} WHERE ${this.#guarded}`;
    this.#updates.set(name, statement);
    return statement;
  }
}

function partsOf(name: EntityName, list: string, { table, owner, columns }: PartTable): Parts {
  const { keyOf, searchedParts } = declarationOf(name);
  const fields = Object.keys(columns);
  const names = [...Object.values(columns), owner];
  return {
    rowsOf: (entity) => {
      const parts = searchedParts[list]?.(entity as never) ?? [];
      const key = keyOf(entity as never);
      return parts.map((part) => {
        const row: SQLInputValue[] = [];
        for (const field of fields) row.push(part[field] ?? null);
        row.push(key);
        return row;
      });
    },
    insert: insertInto(table, names),
    delete: `DELETE FROM ${table} WHERE ${names.map((column) => `${column} = ?`).join(" AND ")}`,
  };
}

function insertInto(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
}

function valueIn(entity: Entity, field: string): unknown {
  return (entity as unknown as Readonly<Record<string, unknown>>)[field] ?? null;
}

function jsonOf(value: unknown): SQLInputValue {
  return value === null ? null : JSON.stringify(value);
}

export const entityTables = Object.fromEntries(
  entityNames.map((name) => [name, new EntityTable(name, tables[name])]),
) as unknown as { readonly [N in EntityName]: EntityTable };
