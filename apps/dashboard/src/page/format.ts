const whole = new Intl.NumberFormat();
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const dayAndClock = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** A count of units. */
export function formatUnits(units: number): string {
  return whole.format(units);
}

/** An instant in the reader's time zone: the time if it is of today, with its day otherwise. */
export function formatTime(instant: string | number, now = new Date()): string {
  const at = new Date(instant);
  return (at.toDateString() === now.toDateString() ? clock : dayAndClock).format(at);
}
