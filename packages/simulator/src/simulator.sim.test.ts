import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

const seeds = 300;
/** `TEST_SEED=random` plays others. A failure names its own. */
const first = Number(process.env["TEST_SEED"]);

test(`every promise is kept in ${seeds} simulations`, async () => {
  for (let seed = first; seed < first + seeds; seed += 1) {
    const { violations } = await simulate(seed);
    const again = `node packages/simulator/src/run-simulation.ts --seed ${seed} --history`;
    expect(violations, `seed ${seed}; again: ${again}`).toEqual([]);
  }
}, 300_000);

test("nearly every fault strikes, processes race, and engines shed", async () => {
  const struck = new Set<string>();
  let racesLost = 0;
  let atTheDoor = 0;
  let late = 0;
  for (let seed = 1; seed <= 60; seed += 1) {
    const simulated = await simulate(seed);
    for (const fault of simulated.faults.keys()) struck.add(fault);
    racesLost += simulated.racesLost;
    atTheDoor += simulated.shed.atTheDoor;
    late += simulated.shed.late;
  }
  expect(struck.size).toBeGreaterThanOrEqual(20);
  expect(racesLost).toBeGreaterThan(50);
  expect(atTheDoor).toBeGreaterThan(50);
  expect(late).toBeGreaterThan(5);
}, 30_000);

test.each([1, 2, 3, 4, 5])("seed %i gives the same history, byte for byte, alone and in company", async (seed) => {
  const alone = (await simulate(seed)).history.join("\n");
  const [again] = await Promise.all([simulate(seed), simulate(seed + 1), simulate(seed + 2)]);
  expect(again.history.join("\n")).toBe(alone);
  expect(alone.length).toBeGreaterThan(5_000);
});

test("another seed gives another history", async () => {
  expect((await simulate(1)).history).not.toEqual((await simulate(2)).history);
});
