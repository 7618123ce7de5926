import fc from "fast-check";
import { flat, type JsonSchema, typesOf } from "./json-schema.ts";
import { brokenByte, knownThing } from "./known-things.ts";
import { oddJson, oddKey, oddNumber, oddText } from "./odd-values.ts";
import { sized, validObject, validValue } from "./valid-values.ts";

/** Values that are wrong in one place, or are right at a bound. */
export function nearValue(schema: JsonSchema, name = ""): fc.Arbitrary<unknown> {
  const merged = flat(schema);
  const types = typesOf(merged);
  const alternatives = [...(merged.anyOf ?? []), ...(merged.oneOf ?? [])];
  const near: fc.Arbitrary<unknown>[] = alternatives.map((each) => nearValue(each, name));
  if (types.includes("object")) near.push(...nearObjects(merged));
  if (types.includes("array")) near.push(...nearArrays(merged, name));
  if (types.includes("string")) near.push(...nearTexts(merged, name));
  if (types.includes("integer") || types.includes("number")) near.push(...nearNumbers(merged));
  return fc.oneof({ weight: 1, arbitrary: oddJson }, ...near.map((arbitrary) => ({ weight: 3, arbitrary })));
}

function nearObjects(schema: JsonSchema): fc.Arbitrary<unknown>[] {
  const valid = validObject(schema) as fc.Arbitrary<Record<string, unknown>>;
  const properties = Object.entries(schema.properties ?? {});
  const grown = fc
    .tuple(valid, oddKey, oddJson)
    .map(([value, key, more]) => Object.fromEntries([...Object.entries(value), [key, more]]));
  if (properties.length === 0) return [grown];
  const property = fc.constantFrom(...properties);
  const dropped = fc
    .tuple(valid, property)
    .map(([value, [name]]) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)));
  const bent = property.chain(([name, each]) =>
    fc.tuple(valid, nearValue(each, name)).map(([value, near]) => ({ ...value, [name]: near })),
  );
  return [grown, dropped, bent, bent, bent];
}

function nearArrays({ items = {}, minItems = 0, maxItems = 10 }: JsonSchema, name: string): fc.Arbitrary<unknown>[] {
  const item = validValue(items, name);
  const bent = fc.tuple(fc.array(item, { maxLength: 2 }), nearValue(items, name)).map(([few, near]) => [...few, near]);
  return [bent, bent, sized(item, maxItems), sized(item, maxItems + 1), sized(item, Math.max(0, minItems - 1))];
}

function nearTexts(
  { minLength = 0, maxLength = 100, enum: options }: JsonSchema,
  name: string,
): fc.Arbitrary<unknown>[] {
  const lengths = [minLength - 1, minLength, maxLength, maxLength + 1].filter((length) => length >= 0);
  const atBounds = fc
    .tuple(fc.constantFrom(...lengths), fc.constantFrom("x", "é", "🍵", "\u0000"))
    .map(([length, unit]) => unit.repeat(length));
  const brokenUtf8 = fc.constantFrom(...(["80", "c0", "ed", "ff"] as const)).map(brokenByte);
  const corrupted = fc.tuple(knownThing(name), fc.oneof(oddText, brokenUtf8)).map(([thing, odd]) => thing + odd);
  const respelt = (options ?? []).filter((option) => typeof option === "string").map((option) => option.toLowerCase());
  return [atBounds, corrupted, oddText, oddNumber, ...(respelt.length > 0 ? [fc.constantFrom(...respelt)] : [])];
}

function nearNumbers({ minimum, maximum }: JsonSchema): fc.Arbitrary<unknown>[] {
  const bounds = [minimum, maximum].filter((bound) => bound !== undefined);
  const atBounds = bounds.flatMap((bound) => [bound - 1, bound, bound + 1, bound + 0.5]);
  return [oddNumber, fc.constantFrom(0, -1, 0.5, ...atBounds), fc.integer().map(String)];
}
