import { expect, test } from "vitest";
import { TurnTaking } from "./turn-taking.ts";

/** Others who take `others` turns between each two of ours, and may request them. */
function turnsWith(others: number, requested = false) {
  let last = 0;
  const seen = { asked: 0, requested: 0, done: 0 };
  const turns = {
    requested,
    request: () => {
      seen.requested += 1;
    },
    async take() {
      seen.asked += 1;
      last += 1 + others;
      return {
        number: last,
        done: () => {
          seen.done += 1;
        },
      };
    },
  };
  return { turns, seen };
}

test.each([
  ["no process has lost a try", false, 3, false, { asked: 0, requested: 0, done: 0 }],
  ["it has lost a try to others who go on", true, 3, false, { asked: 64, requested: 1, done: 64 }],
  ["it has lost a try to one who has gone", true, 0, false, { asked: 8, requested: 1, done: 8 }],
  ["others have lost theirs to it, and go on", false, 3, true, { asked: 100, requested: 0, done: 100 }],
] as const)("of a hundred batches, when %s, some wait for a turn", async (_what, loses, others, requested, counted) => {
  const { turns, seen } = turnsWith(others, requested);
  const taking = new TurnTaking(turns);
  for (let batch = 0; batch < 100; batch += 1) {
    await taking.begin();
    if (loses && batch === 0) expect(await taking.lost()).toBe(true);
    taking.done();
  }
  expect(seen).toEqual(counted);
});

test("waits for one turn in one batch, however often it loses", async () => {
  const { turns, seen } = turnsWith(1);
  const taking = new TurnTaking(turns);
  await taking.begin();
  expect([await taking.lost(), await taking.lost(), await taking.lost()]).toEqual([true, false, false]);
  taking.done();
  taking.done();
  expect(seen).toEqual({ asked: 1, requested: 3, done: 1 });
});

test("begins again with the next conflict", async () => {
  const { turns, seen } = turnsWith(0);
  const taking = new TurnTaking(turns);
  await taking.lost();
  taking.done();
  for (let batch = 0; batch < 20; batch += 1) {
    await taking.begin();
    taking.done();
  }
  const before = seen.asked;
  await taking.lost();
  taking.done();
  await taking.begin();
  expect(seen.asked).toBe(before + 2);
});

test("goes on where no turn can be had, and where Redis does not answer", async () => {
  const none = new TurnTaking({ ...turnsWith(0).turns, take: async () => undefined });
  const nobody = new TurnTaking(undefined);
  for (const taking of [none, nobody]) {
    await taking.begin();
    expect(await taking.lost()).toBe(false);
    taking.done();
  }
});
