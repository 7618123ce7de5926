import { type Contribution, declarationOf, type Entity, type EntityName, entityNames } from "@holdfast/domain";
import { tables } from "./tables.ts";

/**
 * Statements that add up what entities contribute to a level: `?1` its SKU, `?2` its location. Their one row has a column for each
 * counter that they contribute to, by the counter's name.
 */
export const levelSums: readonly string[] = entityNames.flatMap((name) =>
  (declarationOf(name).contributes ?? [])
    .filter(({ to }) => to === "levels")
    .map((contribution) => sumOf(name, contribution as Contribution<Entity>)),
);

function sumOf(name: EntityName, { each, units, counter }: Contribution<Entity>): string {
  const own = tables[name];
  const [key] = own.keyColumns;
  const source = typeof each === "string" ? own.parts[each] : { ...own, owner: key };
  const column = (field: string) => `${source?.table}.${source?.columns[field]}`;
  const sums =
    typeof counter === "string"
      ? [`coalesce(sum(${column(units)}), 0) AS ${counter}`]
      : Object.entries(counter).map(
          ([status, under]) => `coalesce(sum(iif(status = '${status}', ${column(units)}, 0)), 0) AS ${under}`,
        );
  const from =
    source?.table === own.table
      ? own.table
      : `${source?.table} JOIN ${own.table} ON ${own.table}.${key} = ${source?.owner}`;
  return `SELECT ${sums.join(", ")} FROM ${from} WHERE ${column("sku")} = ?1 AND ${column("locationId")} = ?2`;
}
