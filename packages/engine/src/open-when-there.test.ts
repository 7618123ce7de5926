import { expect, test } from "vitest";
import type { Database } from "./database.ts";
import { Misconfigured, openWhenThere } from "./open-when-there.ts";

const database = {} as Database;
const logger = { warn: () => {} };

test("opens a database that is there", async () => {
  expect(await openWhenThere(async () => database, logger, new AbortController().signal)).toBe(database);
});

test("gives up as soon as it has to stop, also while an attempt hangs", async () => {
  const stop = new AbortController();
  const opening = openWhenThere(() => new Promise(() => {}), logger, stop.signal);
  stop.abort();
  expect(await opening).toBeUndefined();
  expect(await openWhenThere(async () => database, logger, stop.signal)).toBeUndefined();
});

test("reports an attempt that failed", async () => {
  const stop = new AbortController();
  const logged: object[] = [];
  const away = new Error("away");
  const warn = (fields: object) => {
    logged.push(fields);
    stop.abort();
  };
  expect(await openWhenThere(() => Promise.reject(away), { warn }, stop.signal)).toBeUndefined();
  expect(logged).toEqual([{ err: away, times: 1 }]);
});

test("does not wait for what waiting cannot mend", async () => {
  const wrong = new Misconfigured("DATABASE_URL is no URL");
  const opening = openWhenThere(() => Promise.reject(wrong), logger, new AbortController().signal);
  await expect(opening).rejects.toBe(wrong);
});
