import {
  type Contribution,
  type Entity,
  type EntityName,
  levelContributions,
  type PerUnit,
  type Tally,
} from "@holdfast/domain";
import { tables } from "./tables.ts";

/**
 * How entities of one kind contribute to a level, as SQL. Both statements want `?1` the level's SKU, `?2` its location, `?3` the
 * id behind which they begin, `?4` the id up to which they go.
 */
export interface ContributionStatements {
  readonly name: EntityName;
  /** One row: for each counter that they move its `units` and its `count`, as `columnsOf` names them. */
  readonly sums: string;
  /** A row for each contribution, in order of `id`: `status`, where it counts, and `units`, NULL where they are no whole number. */
  readonly lines: string;
}

export const contributionStatements: readonly ContributionStatements[] = levelContributions.map(statementsOf);

/** Behind every id. */
export const lastId = "\u{10FFFF}";

/** The columns that a counter has in the row of `sums`. */
export function columnsOf(counter: keyof Tally): { readonly units: string; readonly count: string } {
  return { units: `${counter}Units`, count: `${counter}Count` };
}

function statementsOf([name, { each, units, perUnit, byStatus = {}, statusIn, otherwise }]: readonly [
  EntityName,
  Contribution<Entity, "levels">,
]): ContributionStatements {
  const own = tables[name];
  const [key] = own.keyColumns;
  const part = typeof each === "string" ? own.parts[each] : undefined;
  const column = (field: string) => `${part?.table ?? own.table}.${(part ?? own).columns[field]}`;
  const id = part === undefined ? `${own.table}.${key}` : `${part.table}.${part.owner}`;
  const said = statusIn === undefined ? `${own.table}.status` : column(statusIn);
  const status = otherwise === undefined ? said : `ifnull(${said}, '${otherwise}')`;
  const from = part === undefined ? own.table : `${part.table} JOIN ${own.table} ON ${own.table}.${key} = ${id}`;
  const where = `${column("sku")} = ?1 AND ${column("locationId")} = ?2 AND ${id} > ?3 AND ${id} <= ?4`;
  const moved =
    perUnit === undefined
      ? Object.entries(byStatus).flatMap(([of, each]) => movedUnder(each, `${status} = '${of}'`))
      : movedUnder(perUnit, "TRUE");
  const counters = [...new Set(moved.map(({ counter }) => counter))];
  const allOf = (counter: keyof Tally) => moved.filter((each) => each.counter === counter);
  const sums = counters.map((counter) => sumOf(counter, allOf(counter), column(units)));
  const whole = `iif(${column(units)} BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}, ${column(units)}, NULL)`;
  const line = [`${id} AS id`, `${whole} AS units`, ...(perUnit === undefined ? [`${status} AS status`] : [])];
  return {
    name,
    sums: `SELECT ${sums.join(", ")} FROM ${from} WHERE ${where}`,
    lines: `SELECT ${line.join(", ")} FROM ${from} WHERE ${where} ORDER BY ${id}`,
  };
}

/** How a counter is moved where a condition holds. */
interface Moved {
  readonly counter: keyof Tally;
  readonly times: number;
  readonly condition: string;
}

function movedUnder(perUnit: PerUnit<"levels">, condition: string): Moved[] {
  return Object.entries(perUnit).map(([counter, times]) => ({ counter: counter as keyof Tally, times, condition }));
}

/** A counter's two columns, over all conditions under which it is moved. */
function sumOf(counter: keyof Tally, moved: readonly Moved[], units: string): string {
  const columns = columnsOf(counter);
  const filter = (condition: string) => `FILTER (WHERE ${condition})`;
  const sums = moved.map(({ times, condition }) => `coalesce(${times} * sum(${units}) ${filter(condition)}, 0)`);
  const counts = moved.map(({ times, condition }) => (times > 0 ? `count(*) ${filter(condition)}` : "0"));
  return `${sums.join(" + ")} AS ${columns.units}, ${counts.join(" + ")} AS ${columns.count}`;
}
