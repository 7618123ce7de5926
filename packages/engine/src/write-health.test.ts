import { expect, test } from "vitest";
import { Unavailable } from "./outages.ts";
import { WriteHealth } from "./write-health.ts";

const full = "the database cannot be written: its disk is full";
const written = { kind: "committed", wrote: true, reason: undefined, commands: 1, ms: 2 } as const;
const failed = { kind: "not_committed", wrote: false, reason: full, commands: 1, ms: 2 } as const;

/** Health by a probe whose outcome the test sets, on a clock that it sets. */
function probed() {
  const state = { ms: 0, probes: 0, fails: undefined as Error | undefined };
  const probe = async () => {
    state.probes += 1;
    if (state.fails) throw state.fails;
  };
  return { state, health: new WriteHealth(probe, { now: () => state.ms }) };
}

test("asks by a probe where nothing was committed yet, once a second at most, and once for all who ask", async () => {
  const { state, health } = probed();
  state.fails = new Unavailable(full);
  expect(await Promise.all([health.trouble(), health.trouble()])).toEqual([full, full]);
  state.ms = 999;
  expect([await health.trouble(), state.probes]).toEqual([full, 1]);
  state.ms = 1_000;
  state.fails = undefined;
  expect([await health.trouble(), state.probes]).toEqual([undefined, 2]);
});

test("needs no probe while commits are written", async () => {
  const { state, health } = probed();
  health.committed(written);
  state.ms = 2_999;
  expect([await health.trouble(), state.probes]).toEqual([undefined, 0]);
  state.ms = 3_000;
  expect([await health.trouble(), state.probes]).toEqual([undefined, 1]);
});

test("says at once that a commit has failed, until a probe or a commit goes well", async () => {
  const { state, health } = probed();
  health.committed(written);
  health.committed(failed);
  expect([await health.trouble(), state.probes]).toEqual([full, 0]);
  state.ms = 1_000;
  expect([await health.trouble(), state.probes]).toEqual([undefined, 1]);
  health.committed({ ...failed, kind: "unknown" });
  expect(await health.trouble()).toBe(full);
  health.committed(written);
  expect(await health.trouble()).toBeUndefined();
});

test("takes nothing from a commit that wrote nothing, nor from one that lost to others", async () => {
  const { state, health } = probed();
  health.committed(failed);
  health.committed({ ...written, wrote: false });
  expect(await health.trouble()).toBe(full);
  state.ms = 1_000;
  await health.trouble();
  health.committed({ ...failed, reason: undefined });
  expect(await health.trouble()).toBeUndefined();
});

test("says nothing of an error that may hold an address", async () => {
  const { state, health } = probed();
  state.fails = new Error("connect ECONNREFUSED db.internal:27017");
  expect(await health.trouble()).toBe("the database cannot be written");
});

test("does not wait for ever for a database that hangs", async () => {
  const health = new WriteHealth(() => new Promise(() => {}));
  expect(await health.trouble()).toBe("the database takes too long to write");
});

test("a commit that fails while a probe hangs behind it says more than the probe", async () => {
  const health = new WriteHealth(() => new Promise(() => {}), { now: () => 0 });
  const asked = health.trouble();
  health.committed(failed);
  expect([await asked, await health.trouble()]).toEqual([full, full]);
});
