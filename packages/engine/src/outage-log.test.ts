import { expect, test } from "vitest";
import { OutageLog } from "./outage-log.ts";

function logged() {
  const lines: string[] = [];
  const clock = { ms: 0 };
  const logger = {
    warn: (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`),
  };
  const log = new OutageLog(logger, { failing: "failing", over: "over" }, { now: () => clock.ms });
  return { lines, clock, log };
}

test("says the cause once, then counts, and says when it is over", () => {
  const { lines, clock, log } = logged();
  for (; clock.ms < 25_000; clock.ms += 100) log.failed({ err: "disk full" });
  log.worked();
  expect(lines).toEqual([
    'failing {"err":"disk full","times":1}',
    'failing {"err":"disk full","times":100}',
    'failing {"err":"disk full","times":100}',
  ]);
  clock.ms = 40_000;
  log.worked();
  log.worked();
  expect(lines.slice(3)).toEqual(['over {"times":250}']);
});

test("takes what comes and goes for one outage", () => {
  const { lines, clock, log } = logged();
  for (; clock.ms < 10_000; clock.ms += 100) {
    log.failed({});
    log.worked();
  }
  expect(lines).toHaveLength(1);
});

test("says at once that an outage is over where that is certain, and not of what was not logged", () => {
  const { lines, clock, log } = logged();
  for (; clock.ms < 9_000; clock.ms += 1_000) {
    log.failed({});
    log.ended();
  }
  expect(lines).toEqual(['failing {"times":1}', 'over {"times":1}']);
  log.failed({});
  clock.ms = 10_000;
  log.failed({});
  log.ended();
  expect(lines.slice(2)).toEqual(['failing {"times":2}', 'over {"times":2}']);
});

test("is silent where nothing has failed", () => {
  const { lines, log } = logged();
  log.worked();
  log.ended();
  expect(lines).toEqual([]);
});
