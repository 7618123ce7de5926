import type { HoldfastClient } from "@holdfast/client";
import { eachAtOnce } from "../each-at-once.ts";
import { type FaultyLine, type NumberedRow, readRow } from "./catalogue-row.ts";
import { importRow, type RowOptions } from "./import-row.ts";
import type { Line } from "./read-lines.ts";

export interface ImportOptions extends RowOptions {
  /** How many rows are under way at a time. */
  readonly atOnceMax: number;
  /** Whether to begin no further row after one that is not in the shop as it says. */
  readonly stopOnError: boolean;
  /** Ends the import: rows under way are finished. */
  readonly signal: AbortSignal;
}

const kinds = ["created", "changed", "counted", "same", "different", "refused", "faulty"] as const;

/** How many rows there were of each kind, and how many in all. */
export type ImportCounts = Record<(typeof kinds)[number] | "rows", number>;

/** A row that something is to be said of. */
export interface RowNote {
  readonly line: number;
  readonly sku?: string;
  readonly kind: (typeof kinds)[number];
  readonly says: readonly string[];
}

/**
 * Imports the rows of a file; without a client it only checks them. Memory does not grow with the file. Of two rows with one SKU the
 * later one waits for the earlier one.
 *
 * Rejects where Holdfast cannot be reached. `note` is called with every row that is not in the shop as it says, and every one that was set.
 */
export async function importCatalogue(
  lines: AsyncIterable<Line>,
  client: HoldfastClient | undefined,
  options: ImportOptions,
  note: (note: RowNote) => void,
): Promise<ImportCounts> {
  const counts: ImportCounts = {
    rows: 0,
    created: 0,
    changed: 0,
    counted: 0,
    same: 0,
    different: 0,
    refused: 0,
    faulty: 0,
  };
  let stopped = false;
  const end = ({ line, sku, kind, says }: RowNote) => {
    counts[kind] += 1;
    if (says.length > 0) note({ line, ...(sku !== undefined && { sku }), kind, says });
    if (options.stopOnError && isBad(kind)) stopped = true;
  };
  const read = async function* (): AsyncGenerator<NumberedRow> {
    for await (const { line, text } of lines) {
      if (stopped || options.signal.aborted) return;
      counts.rows += 1;
      const row: NumberedRow | FaultyLine =
        text === undefined ? { line, faults: ["it is too long for a product"] } : readRow(line, text);
      if ("faults" in row) end({ line, kind: "faulty", says: row.faults });
      else if (client !== undefined) yield row;
    }
  };
  const underWay = new Map<string, Promise<void>>();
  await eachAtOnce(read(), options.atOnceMax, async ({ line, row }) => {
    const { sku } = row;
    const mine = (underWay.get(sku) ?? Promise.resolve()).then(async () => {
      if (client === undefined) return;
      const outcome = await importRow(client, row, options);
      end({ line, sku, kind: outcome.kind, says: "says" in outcome ? outcome.says : [] });
    });
    underWay.set(sku, mine);
    try {
      await mine;
    } finally {
      if (underWay.get(sku) === mine) underWay.delete(sku);
    }
  });
  return counts;
}

function isBad(kind: RowNote["kind"]): boolean {
  return kind === "different" || kind === "refused" || kind === "faulty";
}
