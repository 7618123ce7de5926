import { parseArgs } from "node:util";
import { readCommandLine, UsageError } from "@holdfast/runtime";
import { differenceOf } from "./differential.ts";
import { findBug, plantedBugs } from "./planted/planted-bugs.ts";
import { type SimulationOptions, simulate } from "./simulate.ts";

const usage = `node packages/simulator/src/run-simulation.ts
  --seeds N [--seed S] [--steps K]   simulate N seeds from S (1) on, K (40) things that shoppers do in each
  --seed S [--steps K] [--history]   simulate one seed, and print all that happened
  --sequences N [--seed S]           the differential test: N sequences in batches against one by one
  --bugs [--seeds N]                 the first seed, of N (1000) at most, that finds each planted bug
  --bug NAME                         plant this one, in any of the simulations above`;

/** How many lines of its history a failing seed prints. */
const lastLines = 25;

const numbers = ["seeds", "seed", "steps", "sequences"] as const;

const values = readCommandLine({ words: process.argv.slice(2), usage }, (words) => {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = { seeds: text, seed: text, steps: text, sequences: text, history: flag, bugs: flag, bug: text };
  const { values } = parseArgs({ args: [...words], options });
  // Anything else than a number would silently try nothing.
  const odd = numbers.find((name) => !/^[1-9]\d{0,9}$/.test(values[name] ?? "1"));
  if (odd !== undefined) throw new UsageError(`--${odd} takes a whole number above zero, not ${values[odd]}`);
  if (values.bug !== undefined && !(values.bug in plantedBugs))
    throw new UsageError(`There is no planted bug by the name of ${values.bug}`);
  return values;
});

function numberOf(name: (typeof numbers)[number], otherwise: number): number {
  return Number(values[name] ?? otherwise);
}

const first = numberOf("seed", 1);
const startedAt = performance.now();
const perSecond = (count: number) => Math.round(count / ((performance.now() - startedAt) / 1_000));

if (values.bugs) await findAllBugs(numberOf("seeds", 1_000));
else if (values.sequences !== undefined) await compareSequences(numberOf("sequences", 1));
else if (values.seeds !== undefined || values.seed !== undefined) await simulateSeeds(numberOf("seeds", 1));
else console.log(usage);

/** Simulates seed after seed, and stops at the first that fails. */
async function simulateSeeds(count: number): Promise<void> {
  const options = optionsGiven();
  const totals = { requests: 0, commits: 0, racesLost: 0, shed: 0, lateMsMax: 0 };
  const faults = new Map<string, number>();
  for (let seed = first; seed < first + count; seed += 1) {
    const { violations, history, ...figures } = await simulate(seed, options);
    if (values.history) console.log(history.join("\n"));
    if (violations[0] !== undefined) {
      if (!values.history) console.error(history.slice(-lastLines).join("\n"));
      console.error(`\nSeed ${seed}: ${violations[0]}`);
      console.error(`Again: ${again(`--seed ${seed}`)} --history`);
      process.exitCode = 1;
      return;
    }
    totals.requests += figures.requests;
    totals.commits += figures.commits;
    totals.racesLost += figures.racesLost;
    totals.shed += figures.shed.atTheDoor + figures.shed.late;
    totals.lateMsMax = Math.max(totals.lateMsMax, figures.lateMsMax);
    for (const [fault, times] of figures.faults) faults.set(fault, (faults.get(fault) ?? 0) + times);
  }
  console.log(`${count} seeds from ${first} on, ${perSecond(count)}/s: every promise was kept.`);
  console.log(
    `${totals.requests} requests, ${totals.shed} of them shed, ${totals.commits} commits, ${totals.racesLost} races lost;`,
  );
  console.log(`the latest release came ${totals.lateMsMax} ms after a worker could see to it; and these faults:`);
  for (const [fault, times] of [...faults].sort()) console.log(`${String(times).padStart(9)} ${fault}`);
}

async function compareSequences(count: number): Promise<void> {
  for (let seed = first; seed < first + count; seed += 1) {
    const difference = await differenceOf(seed);
    if (difference === undefined) continue;
    console.error(difference);
    console.error(`Again: ${again(`--sequences 1 --seed ${seed}`)}`);
    process.exitCode = 1;
    return;
  }
  console.log(`${count} sequences from ${first} on, ${perSecond(count)}/s: batches answer as single commands do.`);
}

async function findAllBugs(seedsMax: number): Promise<void> {
  for (const [name, planted] of Object.entries(plantedBugs)) {
    const found = await findBug(planted, seedsMax);
    console.log(`| ${name} | ${found?.seed ?? "never"} | ${found?.violation ?? ""} |`);
    if (found === undefined) process.exitCode = 1;
  }
}

function optionsGiven(): SimulationOptions {
  const planted = values.bug === undefined ? {} : plantedBugs[values.bug];
  return { ...(planted && { planted }), ...(values.steps === undefined ? {} : { steps: numberOf("steps", 1) }) };
}

/** The command that repeats it. */
function again(what: string): string {
  const steps = values.steps === undefined ? "" : ` --steps ${values.steps}`;
  const bug = values.bug === undefined ? "" : ` --bug ${JSON.stringify(values.bug)}`;
  return `node packages/simulator/src/run-simulation.ts ${what}${steps}${bug}`;
}
