import { parseArgs } from "node:util";
import { endWithLaunchers, readCommandLine, UsageError } from "@holdfast/runtime";
import { runOverload, type Stage } from "./overload.ts";
import { overloadFaults } from "./overload-faults.ts";
import { startOverloaded } from "./start-overloaded.ts";

// `pnpm overload [--seconds N]`: an open loop at 1, 2, 5 and 10 times the capacity of the server. First on a slow database, so
// that k6 can send all of it. Then on the plain standalone, which shares the cores with k6: its report says how much of the load was
// really sent, and only its answers, stock and recovery are judged. Exit code 1: a promise was broken.

endWithLaunchers();

const seconds = readCommandLine({ words: process.argv.slice(2), usage: "pnpm overload [--seconds 10]" }, (words) => {
  const { values } = parseArgs({ args: [...words], options: { seconds: { type: "string", default: "10" } } });
  if (!/^[1-9]\d{0,3}$/.test(values.seconds))
    throw new UsageError(`--seconds must be a whole number, not ${values.seconds}`);
  return Number(values.seconds);
});
let broken = 0;

for (const [which, easyRate, deadlineMs, shoppersMax] of [
  ["slow database", 25, 2_000, 300],
  ["standalone", 500, 6_000, 1_500],
] as const) {
  console.log(`\n${which}\n   load  offered/s   sent  in time/s   refused  refused in      RSS`);
  const server = await startOverloaded(which);
  try {
    const report = await runOverload({ server, easyRate, seconds, deadlineMs, shoppersMax, onStage: tell });
    const alone = which === "slow database";
    const faults = alone
      ? overloadFaults(report)
      : [...report.stages, report.recovered].flatMap(({ faults }) => faults);
    for (const fault of faults) console.log(`  ${fault}`);
    broken += faults.length;
  } finally {
    await server.stop();
  }
}
process.exitCode = broken === 0 ? 0 : 1;

function tell({ factor, offered, sentShare, goodput, shed, shedMsP95, rssMib }: Stage): void {
  const cells = [
    (factor === 0 ? "?" : `${factor}x`).padStart(7),
    String(offered).padStart(11),
    `${Math.round(100 * sentShare)} %`.padStart(7),
    goodput.toFixed(0).padStart(11),
    String(shed).padStart(10),
    `${Math.round(shedMsP95)} ms`.padStart(12),
    `${Math.round(rssMib)} MiB`.padStart(9),
  ];
  console.log(cells.join(""));
}
