import { expect, test } from "vitest";
import { ServerClock } from "./server-clock.ts";

const noon = Date.parse("2026-11-22T12:00:00.000Z");

/** The `Date` header that a server writes at an instant, rounded down to the second. */
function dateAt(instant: number): string {
  return new Date(instant).toUTCString();
}

test("uses the machine's clock until the server has answered", () => {
  let local = 500;
  const clock = new ServerClock(
    () => local,
    () => noon,
  );
  local += 250;
  expect(clock.now()).toBe(noon + 250);
});

test("is within half a second after one answer, however wrong the machine's clock", () => {
  const clock = new ServerClock(
    () => 1_000,
    () => noon - 86_400_000,
  );
  clock.note({ date: dateAt(noon + 730), sentAt: 1_000, receivedAt: 1_000 });
  expect(Math.abs(clock.now() - (noon + 730))).toBeLessThanOrEqual(500);
});

test("draws closer with each answer", () => {
  let local = 0;
  const clock = new ServerClock(
    () => local,
    () => 0,
  );
  for (const at of [130, 1_340, 2_510, 3_720, 4_930, 6_050]) {
    // Each request takes 20 ms, and the server writes its header after 10.
    clock.note({ date: dateAt(noon + at), sentAt: at - 10, receivedAt: at + 10 });
    local = at;
  }
  expect(Math.abs(clock.now() - (noon + local))).toBeLessThanOrEqual(75);
});

test("starts over when the server's clock was set", () => {
  const clock = new ServerClock(
    () => 2_000,
    () => 0,
  );
  clock.note({ date: dateAt(noon), sentAt: 1_000, receivedAt: 1_010 });
  clock.note({ date: dateAt(noon + 3_600_000), sentAt: 2_000, receivedAt: 2_010 });
  expect(Math.abs(clock.now() - (noon + 3_600_000))).toBeLessThanOrEqual(510);
});

test.each([[null], ["yesterday"]])("learns nothing from the header %s", (date) => {
  const clock = new ServerClock(
    () => 0,
    () => noon,
  );
  clock.note({ date, sentAt: 0, receivedAt: 0 });
  expect(clock.now()).toBe(noon);
});
