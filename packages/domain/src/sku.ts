import type { Sku } from "./ids.ts";

/**
 * No control character, and no space at either end. In a spelling that the patterns of every language share; `skuFault` says what no such
 * pattern can.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about.
export const skuPattern = /^[^\x00-\x20\x7f-\xa0]([^\x00-\x1f\x7f-\x9f]*[^\x00-\x20\x7f-\xa0])?$/;

const lineEnds = /[\u2028\u2029]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const ascii = /^[\x00-\x7f]*$/;

/** What is wrong with a text of the pattern as a SKU; `undefined` where nothing is. */
export function skuFault(text: string): string | undefined {
  if (text === "." || text === "..") return "must not be . or .., which no address can name";
  if (ascii.test(text)) return undefined;
  if (!text.isWellFormed() || text.includes("\ufffd")) return "must not hold broken Unicode";
  if (text.trim() !== text) return "must not begin or end with a space";
  return lineEnds.test(text) ? "must be one line" : undefined;
}

/** A text in NFC: what looks the same is the same SKU, however a keyboard or a file system has composed it. */
export function composed(text: string): string {
  return ascii.test(text) ? text : text.normalize("NFC");
}

/** What SKUs that differ by case alone have in common, in any script. Other SKUs have not. */
export function foldedSku(sku: Sku): string {
  return foldedText(sku);
}

/** A text without regard to case. */
export function foldedText(text: string): string {
  return text.toUpperCase().toLowerCase().normalize("NFC");
}

/** Orders texts by their code points, as databases do. JavaScript's own order puts U+E000 to U+FFFF behind all that come after them. */
export function byCodePoint(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    const [a, b] = [one.charCodeAt(index), other.charCodeAt(index)];
    if (a !== b) return inOrder(a) - inOrder(b);
  }
  return one.length - other.length;
}

/** A UTF-16 unit, with surrogates behind all others: they are parts of code points above U+FFFF. */
function inOrder(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
