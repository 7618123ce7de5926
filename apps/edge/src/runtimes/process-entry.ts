import { openMemoryShop } from "./memory-shop.ts";
import { runChecks } from "./run-checks.ts";

// Runs the checks in a process, of Node, Bun or Deno, and prints their report as JSON.

// The shop's own timers keep no process alive.
const alive = setInterval(() => {}, 1_000);
const shop = await openMemoryShop();
const report = await runChecks(shop);
await shop.stop();
clearInterval(alive);
console.log(JSON.stringify(report));
