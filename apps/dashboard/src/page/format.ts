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
