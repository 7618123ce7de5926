/**
 * ISO 4217 minor units where they are not 2. `Intl` is not asked: it knows how many digits are in use on the street
 * (none for HUF or COP), and an amount of the API counts the standard's own minor units.
 */
const minorDigits = new Map(
  Object.entries({
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
  }).flatMap(([digits, codes]) => codes.split(" ").map((code) => [code, Number(digits)] as const)),
);

interface Amount {
  readonly amount: number;
  readonly currency: string;
}

/** An amount in minor units as text a person reads; exact for every safe integer. Never negative in the API. */
export function formatMoney({ amount, currency }: Amount, locale?: string): string {
  const digits = minorDigits.get(currency) ?? 2;
  const figures = String(amount).padStart(digits + 1, "0");
  const whole = figures.slice(0, figures.length - digits);
  const decimal = `${whole}.${figures.slice(figures.length - digits)}0` as Intl.StringNumericLiteral;
  const style = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(locale, style).format(decimal);
}
