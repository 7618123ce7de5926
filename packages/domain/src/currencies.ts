/**
 * Every code of ISO 4217's list one, as published on 2026-01-01, by the number of its minor units: funds, bond units and metals
 * too. A code that has been withdrawn (ANG, BGN, CUC, HRK, SLL, ZWL) is not among them: nothing can be paid in it any more.
 *
 * A list of our own: what a runtime knows depends on its version, and lacks some twenty of them.
 */
const codesByDigits = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU
    CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
    KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR
    NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
    TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

/** Metals, bond units, drawing rights, tests, and no currency at all: the standard gives them no minor unit. They count whole units. */
const codesWithoutMinorUnit = "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX";

/** The number of decimal digits of each currency's minor unit: 2 for EUR, as 100 cents are a euro. */
export const currencies: ReadonlyMap<string, number> = new Map(
  [...Object.entries(codesByDigits), ["0", codesWithoutMinorUnit] as const].flatMap(([digits, codes]) =>
    codes.split(/\s+/).map((code) => [code, Number(digits)] as const),
  ),
);

/** Whether a text is the code of a currency that is in force. */
export function isCurrency(text: string): boolean {
  return currencies.has(text);
}

/** The digits of a currency's minor unit; 2, as most have, for a code that was withdrawn since it was stored. */
export function minorUnitDigits(currency: string): number {
  return currencies.get(currency) ?? 2;
}
