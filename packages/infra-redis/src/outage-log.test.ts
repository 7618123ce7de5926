import { expect, test } from "vitest";
import { OutageLog } from "./outage-log.ts";

test("a thousand failures are one line, the next after half a minute counts them, and the end is told once", () => {
  const lines: string[] = [];
  let now = 0;
  const logger = {
    info: (_: object, message: string) => lines.push(message),
    warn: (fields: object, message: string) => lines.push(`${message}: ${JSON.stringify(fields)}`),
  };
  const log = new OutageLog(logger, () => now);

  log.recovered();
  expect(lines).toEqual([]);

  for (let i = 0; i < 1_000; i += 1) log.failed("note", "gone");
  expect(lines).toEqual(['redis failed; going on without it: {"what":"note","err":"gone","untold":0}']);

  now = 30_000;
  log.failed("note", "gone");
  expect(lines[1]).toBe('redis failed; going on without it: {"what":"note","err":"gone","untold":999}');

  log.recovered();
  log.recovered();
  expect(lines.slice(2)).toEqual(["redis answers again"]);

  log.failed("note", "gone");
  expect(lines).toHaveLength(3);
});
