import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Guarded, WatchdogOrder } from "./watchdog.ts";

// Runs as its own process, started by watchdog.ts. When its parent ends, it cleans up and ends too.

const guarded = new Map<string, Guarded>();

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as WatchdogOrder;
  if ("guard" in order) guarded.set(JSON.stringify(order.guard), order.guard);
  else guarded.delete(JSON.stringify(order.release));
}

for (const item of guarded.values()) if ("group" in item) killGroup(item.group);
for (const item of guarded.values()) {
  // Retry for a moment: a process that was just killed may still be closing its files.
  if ("folder" in item) rmSync(item.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function killGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It has just ended by itself.
  }
}
