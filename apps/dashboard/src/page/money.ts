import { type Money, minorUnitDigits } from "@holdfast/domain";

/**
 * An amount in minor units as text a person reads; exact for every safe integer. Never negative in the API.
 *
 * The digits are the standard's own, as the API counts them. `Intl` knows how many are in use on the street (none for HUF or COP),
 * and differs from browser to browser.
 */
export function formatMoney({ amount, currency }: Money, locale?: string): string {
  const digits = minorUnitDigits(currency);
  const figures = String(amount).padStart(digits + 1, "0");
  const whole = figures.slice(0, figures.length - digits);
  const decimal = `${whole}.${figures.slice(figures.length - digits)}0` as Intl.StringNumericLiteral;
  const style = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(locale, style).format(decimal);
}
