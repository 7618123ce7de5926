import type { ReservationId } from "@holdfast/domain";
import { expect, inject, test } from "vitest";
import { record } from "./test-record.ts";
import { openForTest, until } from "./test-redis.ts";

const soon = () => Date.now() + 60_000;

test("a reservation is found from the note on until it ends", async () => {
  const { opened, plain, prefix } = await openForTest(inject("redisUrl"));
  const [one, two] = [record("1", { expiresAt: soon() }), record("2", { expiresAt: soon() })];
  opened.cache.note({ held: [one, two], dropped: [] });
  expect(await opened.cache.find(one.id)).toEqual(one);
  expect(await opened.cache.alive([one.id, two.id, "res_3" as ReservationId])).toEqual(new Set([one.id, two.id]));

  opened.cache.note({ held: [], dropped: [one.id] });
  expect(await opened.cache.find(one.id)).toBeUndefined();
  expect(await opened.cache.alive([one.id, two.id])).toEqual(new Set([two.id]));
  // The mark goes away by itself, and soon.
  expect(await plain.pttl(`${prefix}:hold:${one.id}`)).toBeGreaterThan(0);
  expect(await plain.pttl(`${prefix}:hold:${one.id}`)).toBeLessThanOrEqual(30_000);
});

test("a reservation is forgotten when its time is over, and one that is over already is never shown", async () => {
  const { opened, plain, prefix } = await openForTest(inject("redisUrl"));
  const short = record("1", { expiresAt: Date.now() + 400 });
  const past = record("2", { expiresAt: Date.now() - 1 });
  opened.cache.note({ held: [short, past], dropped: [] });
  expect(await opened.cache.find(short.id)).toEqual(short);
  expect(await opened.cache.find(past.id)).toBeUndefined();
  // The last millisecond in which Redis shows a key is the one it is given.
  expect(await plain.pexpiretime(`${prefix}:hold:${short.id}`)).toBe(short.expiresAt - 1);
  await until(async () => (await opened.cache.find(short.id)) === undefined);
  expect(Date.now()).toBeGreaterThanOrEqual(short.expiresAt - 1);
  expect(await plain.keys(`${prefix}:hold:*`)).toEqual([]);
});

test("an ended reservation stays ended, whichever of its two notes comes first", async () => {
  const first = await openForTest(inject("redisUrl"));
  const other = await openForTest(inject("redisUrl"), first.prefix);
  const reservations = Array.from({ length: 500 }, (_, index) => record(`${index}`, { expiresAt: soon() }));
  const ids = reservations.map(({ id }) => id);

  // Of one process: many notes in a row.
  for (const reservation of reservations) first.opened.cache.note({ held: [reservation], dropped: [] });
  for (const id of ids) first.opened.cache.note({ held: [], dropped: [id] });
  expect(await first.opened.cache.alive(ids)).toEqual(new Set());

  // Of two processes, the one that placed them being slower.
  const late = reservations.map((reservation) => ({ ...reservation, id: `${reservation.id}-late` as ReservationId }));
  other.opened.cache.note({ held: [], dropped: late.map(({ id }) => id) });
  await other.opened.cache.alive(ids);
  first.opened.cache.note({ held: late, dropped: [] });
  expect(await first.opened.cache.alive(late.map(({ id }) => id))).toEqual(new Set());
});

test("what it cannot read counts as forgotten", async () => {
  const { opened, plain, prefix } = await openForTest(inject("redisUrl"));
  const [half, list, fine] = ["1", "2", "3"].map((name) => record(name, { expiresAt: soon() }));
  if (half === undefined || list === undefined || fine === undefined) throw new Error("three records were made");
  await plain.set(`${prefix}:hold:${half.id}`, '{"id":"res_1","stat');
  await plain.lpush(`${prefix}:hold:${list.id}`, "not even a string");
  opened.cache.note({ held: [fine], dropped: [] });
  expect(await opened.cache.find(half.id)).toBeUndefined();
  expect(await opened.cache.find(list.id)).toBeUndefined();
  expect(await opened.cache.alive([half.id, list.id, fine.id])).toEqual(new Set([fine.id]));
});
