import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

const seeds = 300;
/** Each run plays other seeds. A failure names its seed. */
const first = 1 + Math.floor(Math.random() * 1_000_000);

test(`every promise is kept in ${seeds} simulations`, async () => {
  for (let seed = first; seed < first + seeds; seed += 1) {
    const { violations } = await simulate(seed);
    const again = `node packages/simulator/src/run-simulation.ts --seed ${seed} --history`;
    expect(violations, `seed ${seed}; again: ${again}`).toEqual([]);
  }
}, 60_000);

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
});
