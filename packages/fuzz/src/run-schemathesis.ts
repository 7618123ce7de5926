import { parseArgs } from "node:util";
import { readCommandLine, UsageError } from "@holdfast/runtime";
import { runSchemathesis } from "./schemathesis.ts";

const usage = `Lets Schemathesis ask a Holdfast of its own all that /openapi.json describes, with every check.

  pnpm schemathesis [--seconds N] [--seed N]    120 seconds and a new seed unless given`;

const { seconds, seed } = readCommandLine({ words: process.argv.slice(2), usage }, (words) => {
  const { values } = parseArgs({
    args: [...words],
    options: { seconds: { type: "string", default: "120" }, seed: { type: "string" } },
  });
  for (const [name, value] of Object.entries(values))
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new UsageError(`--${name} has to be a whole number from 1 on`);
  return { seconds: values.seconds, seed: values.seed ?? String(1 + Math.floor(Math.random() * 999_999_999)) };
});

console.log(`seed ${seed}, ${seconds} s`);
const { asked, findings } = await runSchemathesis(["--max-time", seconds, "--seed", seed]);
const reasons = Map.groupBy(findings, ({ check, reason }) => `${check}: ${reason}`);
for (const [reason, { length }] of reasons) if (!reason.endsWith("undefined")) console.log(`${length} x ${reason}`);
const unlisted = findings.filter(({ reason }) => reason === undefined);
for (const { check, call, what } of unlisted.slice(0, 20)) console.log(`\nFOUND by ${check} in ${call}\n${what}`);
console.log(`\n${asked} requests, ${unlisted.length} findings`);
process.exitCode = unlisted.length === 0 ? 0 : 1;
