import type { AdjustStock } from "../commands/adjust-stock.ts";
import type { ChangeLevel } from "../commands/change-level.ts";
import type { CorrectStock } from "../commands/correct-stock.ts";
import type { CountStock } from "../commands/count-stock.ts";
import { actor, adjustmentId, correctionId, levelNamed, type More } from "./names.ts";

export function adjust(name: string, stockName: string, delta: number, more: More<AdjustStock> = {}): AdjustStock {
  const usual = {
    type: "AdjustStock",
    actor,
    adjustmentId: adjustmentId(name),
    ...levelNamed(stockName),
    delta,
    reason: "restock",
  };
  return { ...usual, ...more } as AdjustStock;
}

export function count(name: string, stockName: string, counted: number, more: More<CountStock> = {}): CountStock {
  const usual = { type: "CountStock", actor, adjustmentId: adjustmentId(name), ...levelNamed(stockName), counted };
  return { ...usual, ...more } as CountStock;
}

export function changeLevel(
  stockName: string,
  more: Pick<ChangeLevel, "safetyStock" | "lowStockThreshold" | "ifSettings">,
): ChangeLevel {
  return { type: "ChangeLevel", actor, ...levelNamed(stockName), ...more };
}

/** Corrects a level to the given figures, as a reviewer has seen them. */
export function correct(
  name: string,
  stockName: string,
  totalStock: number,
  reservedStock: number,
  committedStock: number,
): CorrectStock {
  const expected = { totalStock, reservedStock, committedStock };
  return {
    type: "CorrectStock",
    actor,
    correctionId: correctionId(name),
    ...levelNamed(stockName),
    reason: "edited by hand",
    expected,
  };
}
