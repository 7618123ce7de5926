const whole = new Intl.NumberFormat();
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const dayAndClock = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** Formats a number of units. */
export function formatUnits(units: number): string {
  return whole.format(units);
}

/** Formats an instant in the user's time zone: only the time for today, with the date otherwise. */
export function formatTime(instant: string | number, now = new Date()): string {
  const at = new Date(instant);
  return (at.toDateString() === now.toDateString() ? clock : dayAndClock).format(at);
}
