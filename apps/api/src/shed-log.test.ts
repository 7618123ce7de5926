import { pino } from "pino";
import { expect, test } from "vitest";
import { shedLog } from "./shed-log.ts";

test("one line a second tells of all that was shed since the one before", () => {
  const lines: number[] = [];
  const logger = pino(
    { level: "warn" },
    { write: (line) => void lines.push((JSON.parse(line) as { shed: number }).shed) },
  );
  const clock = { ms: 0 };
  const shed = shedLog(logger, () => clock.ms);
  for (; clock.ms < 2_500; clock.ms += 10) shed();
  expect(lines).toEqual([1, 100, 100]);
});
