import { emptyLevel, mainLocation, noSums, type Recount, type Sku } from "@holdfast/domain";
import { RecordedLogger } from "@holdfast/testing";
import { expect, test } from "vitest";
import { AuditorFindings } from "./auditor-findings.ts";

function recount(sku: string, reservedStock: number): Recount {
  const level = emptyLevel(sku as Sku, mainLocation);
  const edited = { ...level, reservedStock };
  return { level: edited, sources: level, sums: noSums, journalled: level };
}

test("forgets a level that is no longer there, when a whole round has not come across it", () => {
  const logger = new RecordedLogger();
  const findings = new AuditorFindings(logger);
  findings.see(recount("tea", 1), 1);
  findings.see(recount("cup", 2), 1);
  findings.endRound(1);
  expect([findings.levels, findings.levelsByCounter.reservedStock]).toEqual([2, 2]);
  findings.see(recount("cup", 2), 2);
  expect(findings.levels).toBe(2);
  findings.endRound(2);
  expect(findings.levels).toBe(1);
  expect(logger.lines).toEqual([
    "a stock level does not add up",
    "a stock level does not add up",
    "a stock level is no longer off",
  ]);
});
