import { type Money, minorUnitDigits } from "@holdfast/domain";

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

/** Formats days with at most one decimal: `2.5 days`. */
export function formatDays(days: number, locale?: string): string {
  const style = { style: "unit", unit: "day", unitDisplay: "long", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, style).format(days);
}

const spans = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** Formats a length of time exactly, in the largest unit that it is a whole number of: `90 minutes`, `2 hours`. */
export function formatSpan(seconds: number, locale?: string): string {
  const [unit, length] = spans.find(([, length]) => seconds % length === 0) ?? ["second", 1];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(seconds / length);
}

/**
 * Formats an amount of minor units, exactly for every safe integer. The API has no negative amounts.
 *
 * The number of digits is that of ISO 4217, as in the API. `Intl` goes by everyday use (no digits for HUF or COP), and browsers
 * disagree about it.
 */
export function formatMoney({ amount, currency }: Money, locale?: string): string {
  const digits = minorUnitDigits(currency);
  const figures = String(amount).padStart(digits + 1, "0");
  const whole = figures.slice(0, figures.length - digits);
  const decimal = `${whole}.${figures.slice(figures.length - digits)}0` as Intl.StringNumericLiteral;
  const style = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(locale, style).format(decimal);
}
