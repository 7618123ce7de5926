import fc from "fast-check";
import { spelt } from "./known-things.ts";

/** Texts that have broken programs: control characters, broken Unicode, operators, keys of every object. */
const oddities = [
  "",
  " ",
  "\u0000",
  "te\u0000a",
  "\ud800",
  "tea\udfff",
  "\ufffd",
  "\ufeff",
  "\u202eaet",
  "\u200b",
  "🍵",
  "👩‍👩‍👧‍👦",
  "e\u0301",
  "İ",
  "ß",
  "\r\nx-evil: 1",
  "\u001b[2J",
  "\u0085",
  "\u2028",
  "__proto__",
  "constructor",
  "toString",
  "$gt",
  "$where",
  ".",
  "..",
  "../../etc/passwd",
  "a/b",
  "a%2Fb",
  "%",
  "%zz",
  "' OR 1=1 --",
  '"; DROP TABLE orders; --',
  "{{7*7}}",
  "<script>",
  "null",
  "undefined",
  "NaN",
  "0",
  "-1",
  "1e9",
  "0x10",
  "true",
] as const;

export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...oddities) },
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.string(),
  // UTF-16 that may be broken.
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .tuple(fc.constantFrom("x", "é", "🍵", "\u0000", "0"), fc.constantFrom(255, 256, 400, 401, 5_000))
    .map(([unit, length]) => unit.repeat(length)),
);

/** Numbers as JSON can spell them, in and out of JavaScript's range. */
export const oddNumber: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    ...["-0", "0", "-1", "1e308", "-1e308", "1e400", "-1e400", "1e-9", "1.0", "1.5", "0.1e1", "5e-324"].map(spelt),
    ...["9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740992", "1e21"].map(spelt),
    ...["2147483648", "4294967296", "9223372036854775807", "18446744073709551616", `1${"0".repeat(400)}`].map(spelt),
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
);

export const oddKey: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom("__proto__", "constructor", "prototype", "toString", "then", "toJSON") },
  fc.constantFrom("", "$set", "$gt", "a.b", "\u0000", "\ud800", "id", "_id", "status", "version", "claim", "actor"),
  fc.constantFrom(2_000, 20_000).map((length) => "k".repeat(length)),
  oddText,
);

/** Any JSON, with odd keys and texts, not deep. */
export const oddJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom(null, true, false),
    oddText,
    oddNumber,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(oddKey, tie("value")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;
