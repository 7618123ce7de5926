import fc from "fast-check";
import type { DescribedCall, DescribedParameter } from "./described-calls.ts";
import { knownCursor } from "./known-things.ts";
import { oddKey, oddText } from "./odd-values.ts";
import { validText, validValue } from "./valid-values.ts";

/** A text escaped for a URL. Slots stay as they are: their values are escaped when they are filled. */
export function urlText(text: string): string {
  return text
    .split(/(⟦[^⟧]*⟧)/)
    .map((part) => (part.startsWith("⟦") ? part : encodeURIComponent(part.toWellFormed())))
    .join("");
}

const escapes = ["%", "%z", "%zz", "%00", "%2F", "%2f..%2f", "%2e%2e", "%2E", "%5C", "%25", "%0d%0a", "%3F", "%23"];
const brokenUtf8 = ["%FF", "%E0%A4%A", "%ED%A0%80", "%C0%AF", "%F0%9F%8D", "%F8%88%80%80%80"];
const segments = [
  "",
  ".",
  "..",
  "*",
  ":id",
  "{id}",
  "a;b=c",
  "\\",
  "%7B%22$gt%22:%22%22%7D",
  "__proto__",
  "constructor",
];

/** Odd segments of a path: a right one with text before or behind it, meaningless escapes, long ones. */
export function oddSegment(known: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const escaped = fc.constantFrom(...escapes, ...brokenUtf8);
  return fc.oneof(
    fc.tuple(known, escaped).map(([thing, odd]) => thing + odd),
    fc.tuple(escaped, known).map(([odd, thing]) => odd + thing),
    fc.constantFrom(...escapes, ...brokenUtf8, ...segments),
    oddText.map(urlText),
    fc.constantFrom(64, 65, 5_000).map((length) => "x".repeat(length)),
    known.map((thing) => `${thing}/${thing}`),
  );
}

/** Values that a parameter takes; for a cursor mostly real ones: of this list, of another one, and corrupted ones. */
export function validQueryValue({ name, schema }: DescribedParameter, list: string): fc.Arbitrary<string> {
  const valid =
    schema.type === "string" && schema.enum === undefined
      ? validText(schema, name)
      : validValue(schema, name).map(String);
  if (name !== "cursor") return valid.map(urlText);
  return fc.oneof(
    { weight: 6, arbitrary: knownCursor(list) },
    { weight: 2, arbitrary: madeUpCursor },
    valid.map(urlText),
  );
}

const lists = ["/v1/products", "/v1/orders", "/v1/reservations", "/v1/stock-movements"];

const cursorPart = fc.oneof(
  fc.constantFrom<unknown>("order", "product", "movement", "ord_", "tea", "", "\ud800", "\u0000", null, {}, [], true),
  fc.constantFrom<unknown>(0, 1, -1, 1.5, 1e15, 1e300, Number.MAX_SAFE_INTEGER, 2 ** 53, { $gt: "" }),
  oddText.map((text) => text.slice(0, 100)),
);

/** Cursors of another list, and other JSON encoded like a cursor. */
const madeUpCursor = fc.oneof(
  fc.constantFrom(...lists).chain(knownCursor),
  fc
    .tuple(fc.constantFrom("order", "product", "movement"), fc.array(cursorPart, { maxLength: 4 }))
    .map(([kind, parts]) => encoded(JSON.stringify([kind, ...parts]))),
  fc
    .tuple(fc.nat(), fc.nat(), fc.nat())
    .map(([at, id, index]) => encoded(JSON.stringify(["movement", at, String(id), index]))),
  fc.constantFrom('["movement",1e400,"0",0]', '["movement",-0,"0",0]', "{}", "null", '["order"]').map(encoded),
  cursorPart.map((part) => encoded(JSON.stringify(part))),
);

function encoded(text: string): string {
  return Buffer.from(text).toString("base64url");
}

/** Spellings of numbers that JavaScript reads and JSON does not, and some at bounds. */
const oddCount = fc.constantFrom(
  ...["0x10", "0b1", "1e1", "+1", "%201", "1.0", "01", "1_0", "1n", "%D9%A3", "-1", "0", "200", "201", "9".repeat(400)],
);

/** Queries with corrupted, repeated and unknown parameters. */
export function oddQuery({ template, parameters }: DescribedCall): fc.Arbitrary<string> {
  const declared = parameters.filter((parameter) => parameter.in === "query");
  const oddValue = fc.oneof(oddText.map(urlText), fc.constantFrom(...escapes, ...brokenUtf8));
  const strange = fc.tuple(fc.oneof(oddKey.map(urlText), fc.constantFrom("%zz", "limit[$gt]", "sku[]")), oddValue);
  if (declared.length === 0) return fc.array(strange, { maxLength: 3 }).map(joined);
  const pair = fc
    .constantFrom(...declared)
    .chain((parameter) =>
      fc.tuple(
        fc.constant(parameter.name),
        fc.oneof(parameter.schema.type === "integer" ? oddCount : oddValue, validQueryValue(parameter, template)),
      ),
    );
  return fc
    .array(fc.oneof({ weight: 5, arbitrary: pair }, { weight: 1, arbitrary: strange }), { minLength: 1, maxLength: 4 })
    .map(joined);
}

function joined(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map((pair) => pair.join("=")).join("&");
}
