import type { Instant, JournalEntry } from "@holdfast/domain";
import { Unreadable } from "@holdfast/domain";
import { encodeTime } from "ulid";
import { expect, test } from "vitest";
import { newestEntries } from "./newest-entries.ts";

const now = Date.UTC(2026, 0, 1);
const [hour, year] = [3_600_000, 365 * 86_400_000];

/** An entry that is dated `at`, and whose id was made at `made`. */
function entry(at: number, made: number): JournalEntry {
  return { id: `${encodeTime(made)}0000000000000000`, at: at as Instant, records: [], levelsBefore: [] };
}

const usual = [entry(now - 1_000, now - 1_003), entry(now - 5_000, now - 5_002)];

test.each([
  ["of a shop that goes on", usual, now, now - 1_000, 0],
  ["of an empty shop", [], now, 0, 0],
  ["written before the clock was set back by years", usual, now - 4 * year, now - 1_000, 0],
  ["of which the newest was dated years ahead by hand", [entry(now + 9 * year, now), ...usual], now, now - 1_000, 1],
  ["of which all were dated ahead", [entry(now + year, now), entry(now + year, now)], now, 0, 2],
  ["of which the newest was dated back by hand", [entry(5, now), ...usual], now, now - 1_000, 0],
  ["of which the newest cannot be read", [new Unreadable("journal_entry", "x", "?"), ...usual], now, now - 1_000, 0],
  ["whose ids say nothing, of about now", [{ ...entry(now + hour, 0), id: "?" }], now, now + hour, 0],
  ["whose ids say nothing, of a time to come", [{ ...entry(now + hour + 1, 0), id: "?" }], now, 0, 1],
  ["made by a machine that is hours behind the store's", [entry(now, now - 5 * hour)], now, now, 0],
  ["written while the clock was years ahead", [entry(now + 9 * year, now + 9 * year)], now, now + 9 * year, 0],
])("entries %s", (_what, entries, clock, at, doubtful) => {
  const found = newestEntries(entries, clock);
  expect([found.at, found.doubtful.length]).toEqual([at, doubtful]);
});
