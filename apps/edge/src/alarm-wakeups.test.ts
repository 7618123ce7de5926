import type { Instant } from "@holdfast/domain";
import { expect, test } from "vitest";
import { AlarmWakeups } from "./alarm-wakeups.ts";

/** Wake-ups of a store in which reservations run out at these instants, with every setting of the alarm and every sweep. */
async function wakeupsOf(...due: number[]) {
  const seen: (number | "swept")[] = [];
  const storage = { setAlarm: async (at: number) => void seen.push(at) };
  const wakeups = new AlarmWakeups(storage, async () => due[0] as Instant | undefined);
  await wakeups.listen(async () => {
    due.shift();
    seen.push("swept");
  });
  return { wakeups, seen, arm: (...instants: number[]) => wakeups.arm(instants as Instant[]) };
}

test("sets the alarm to the earliest instant, and leaves it where a later one comes", async () => {
  const { arm, seen } = await wakeupsOf();
  arm(30, 20, 40);
  arm(20, 25);
  arm();
  arm(10);
  expect(seen).toEqual([20, 10]);
});

test("sweeps when the alarm rings, and sets it for what runs out next", async () => {
  const { wakeups, arm, seen } = await wakeupsOf(20, 30);
  arm(20);
  await wakeups.ring();
  await wakeups.ring();
  arm(50);
  expect(seen).toEqual([20, "swept", 30, "swept", 50]);
});

test("knows after a restart what was armed before it", async () => {
  const { wakeups, arm, seen } = await wakeupsOf(20);
  await wakeups.armNext();
  arm(30);
  expect(seen).toEqual([20]);
});
