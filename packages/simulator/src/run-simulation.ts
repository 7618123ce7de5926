import { parseArgs } from "node:util";
import { simulate } from "./simulate.ts";

const { values } = parseArgs({ options: { seeds: { type: "string" }, seed: { type: "string" }, steps: { type: "string" } } });
const first = Number(values.seed ?? 1);
const count = Number(values.seeds ?? 1);
const options = values.steps === undefined ? {} : { steps: Number(values.steps) };
const t = performance.now();
const totals = new Map<string, number>();
let bad = 0;
for (let seed = first; seed < first + count; seed += 1) {
  const { violations, history, faults, commits, requests } = await simulate(seed, options);
  for (const [k, v] of [...faults, ["commits", commits], ["requests", requests], ["lines", history.length]] as const) totals.set(k, (totals.get(k) ?? 0) + v);
  if (violations.length > 0) { bad++; if (bad < 4) console.log(seed, violations, history.slice(-12).join("\n")); }
}
console.log({ bad, ms: performance.now() - t, totals });
