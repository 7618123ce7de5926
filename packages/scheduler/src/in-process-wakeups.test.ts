import type { Instant } from "@holdfast/domain";
import { VirtualTimers } from "@holdfast/testing";
import { expect, test } from "vitest";
import { InProcessWakeups } from "./in-process-wakeups.ts";

test("wakes its listener at the earliest instant, and sets no timer without one", async () => {
  const time = new VirtualTimers();
  const line = new InProcessWakeups(time.instant, time);
  const at = (ms: number) => (time.instant() + ms) as Instant;
  line.arm([at(10)]);
  expect(time.waiting).toBe(0);
  const wokenAt: number[] = [];
  const stop = await line.listen(async () => {
    wokenAt.push(time.now());
  });
  line.arm([at(500), at(300), at(400)]);
  line.arm([at(200), at(700)]);
  line.arm([at(600)]);
  await time.pass(250);
  line.arm([at(-10)]);
  await time.pass(1_000);
  expect(wokenAt).toEqual([200, 250]);
  await stop();
  line.arm([at(10)]);
  await time.pass(1_000);
  expect(wokenAt).toHaveLength(2);
});
