import { expect, test } from "vitest";
import { TurnTaking } from "./turn-taking.ts";

/** Others who take so many turns between each two of ours. */
function turnsWith(others: number) {
  let last = 0;
  let asked = 0;
  return {
    turns: {
      async take() {
        asked += 1;
        last += 1 + others;
        return { number: last, done: () => {} };
      },
    },
    asked: () => asked,
  };
}

/** How often a lane asks for a turn in twenty batches, after the given conflicts before the first. */
async function asksIn20(conflicts: number, others: number): Promise<number> {
  const { turns, asked } = turnsWith(others);
  const taking = new TurnTaking(turns);
  taking.committed(conflicts);
  for (let batch = 0; batch < 20; batch += 1) (await taking.begin())?.done();
  return asked();
}

test.each([
  ["no conflict", 0, 3, 0],
  ["a conflict, and others who go on", 1, 3, 20],
  ["a conflict with one who has gone", 1, 0, 8],
])("after %s it takes turns for as long as it takes", async (_what, conflicts, others, asked) => {
  expect(await asksIn20(conflicts, others)).toBe(asked);
});

test("begins again with the next conflict", async () => {
  const { turns, asked } = turnsWith(0);
  const taking = new TurnTaking(turns);
  taking.committed(1);
  for (let batch = 0; batch < 20; batch += 1) await taking.begin();
  const before = asked();
  taking.committed(2);
  await taking.begin();
  expect(asked()).toBe(before + 1);
});

test("goes on where no turn can be had, and where there is nobody to ask", async () => {
  const none = new TurnTaking({ take: async () => undefined });
  const nobody = new TurnTaking(undefined);
  for (const taking of [none, nobody]) {
    taking.committed(1);
    expect(await taking.begin()).toBeUndefined();
  }
});
