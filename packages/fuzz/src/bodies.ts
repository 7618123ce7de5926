import fc from "fast-check";
import type { JsonSchema } from "./json-schema.ts";
import { nearValue } from "./near-values.ts";
import { oddJson } from "./odd-values.ts";
import { validValue } from "./valid-values.ts";

/** The text of a JSON document that a schema takes. */
export function validBody(schema: JsonSchema): fc.Arbitrary<string> {
  return validValue(schema).map((value) => JSON.stringify(value));
}

const brokenTexts = [
  "",
  " ",
  "\u0000",
  "{",
  "{}{}",
  "{'sku': 1}",
  '{"a":1,}',
  "NaN",
  "undefined",
  '"\\ud800"',
  '{"\\u0000":1}',
  "\ufeff{}",
  "[1e400]",
  "tea=1",
] as const;

/** Bodies that are wrong in one place or in many, or are not JSON. */
export function oddBody(schema: JsonSchema): fc.Arbitrary<string | Uint8Array | undefined> {
  const valid = validBody(schema);
  return fc.oneof(
    { weight: 10, arbitrary: nearValue(schema).map((value) => JSON.stringify(value) ?? "") },
    { weight: 2, arbitrary: withKeyTwice(schema) },
    { weight: 2, arbitrary: oddJson.map((value) => JSON.stringify(value) ?? "") },
    { weight: 2, arbitrary: fc.tuple(valid, fc.nat()).map(([text, cut]) => text.slice(0, cut % text.length)) },
    { weight: 2, arbitrary: valid.map((text) => ` \n${text}\t\r\n`) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 1, arbitrary: fc.constantFrom(...brokenTexts) },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.tuple(valid, fc.constantFrom("[", '{"a":', '{"lines":[')).map(nested) },
    { weight: 1, arbitrary: valid.map((text) => text + " ".repeat(262_145)) },
  );
}

/** An object whose text has one key twice: first with a near value, last with a right one, or the other way round. */
function withKeyTwice(schema: JsonSchema): fc.Arbitrary<string> {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) return fc.constant('{"a":1,"a":2}');
  return fc
    .constantFrom(...properties)
    .chain(([name, each]) => fc.tuple(validValue(schema), nearValue(each, name), fc.boolean(), fc.constant(name)))
    .map(([value, near, isFirst, name]) => {
      const inner = JSON.stringify(value).slice(1, -1);
      const again = `${JSON.stringify(name)}:${JSON.stringify(near)}`;
      return `{${(isFirst ? [again, inner] : [inner, again]).filter((part) => part !== "").join(",")}}`;
    });
}

/** A document deep inside others. */
function nested([text, opening]: readonly [string, string]): string {
  const depth = 5_000;
  const closing = opening.replace(/[^[{]/g, "").replace(/\[/g, "]").replace(/\{/g, "}");
  return opening.repeat(depth) + text + [...closing].reverse().join("").repeat(depth);
}
