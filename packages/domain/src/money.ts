/** An amount in whole minor units (cents, or yen where there are none) of one ISO 4217 currency. Never a float. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** Whether a text is an ISO 4217 code that this runtime knows. */
export function isCurrency(text: string): boolean {
  return currencies.has(text);
}

/** Price times quantity. Exact: the limits keep every order's total below 2^53. */
export function times(price: Money, quantity: number): Money {
  return { amount: price.amount * quantity, currency: price.currency };
}

/** The sum of amounts in one currency; the list is not empty and mixes none. */
export function sum(first: Money, rest: readonly Money[]): Money {
  return { amount: rest.reduce((total, money) => total + money.amount, first.amount), currency: first.currency };
}
