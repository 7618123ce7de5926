import type { Folds } from "@holdfast/engine";
import { expectSettled } from "./sqlite-outages.ts";
import type { Writer } from "./writer.ts";

/** Levels' folds, kept on the thread that writes. */
export function sqliteFolds(writer: Pick<Writer, "writeFold">): Folds {
  return {
    foldOn: async ({ sku, locationId }) => expectSettled(await writer.writeFold({ level: { sku, locationId } })),
    forget: async ({ sku, locationId, folds }) => {
      if (folds !== undefined) expectSettled(await writer.writeFold({ level: { sku, locationId }, forget: folds }));
    },
  };
}
