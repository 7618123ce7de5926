import { setTimeout as wait } from "node:timers/promises";

/** For tests: waits until a condition holds, at most `msMax`. */
export async function until(holds: () => boolean | Promise<boolean>, msMax = 10_000): Promise<void> {
  const deadline = performance.now() + msMax;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not so after ${msMax} ms: ${holds}`);
    await wait(10);
  }
}
