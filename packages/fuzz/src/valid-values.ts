import fc from "fast-check";
import { flat, type JsonSchema, typesOf } from "./json-schema.ts";
import { knownThing } from "./known-things.ts";
import { oddJson } from "./odd-values.ts";

/** Whole numbers this near to zero are the interesting ones: they ask for stock that is there. */
const nearZero = 6;

/** Texts that schemas leave open, as a reader of the description would send them. */
const sensible: Readonly<Record<string, readonly string[]>> = { currency: ["EUR", "EUR", "EUR", "JPY"] };

/** Texts of a format. */
const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "date-time": fc.oneof(
    fc
      .date({ min: new Date(Date.UTC(2025, 11, 31)), max: new Date(Date.UTC(2026, 0, 2)), noInvalidDate: true })
      .map((date) => date.toISOString()),
    fc.constantFrom("placedAt", "endedAt", "createdAt", "at").chain(knownThing),
    fc.constantFrom("0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2026-01-01T00:00:00.000000000001+23:59"),
  ),
};

/**
 * Values that a schema takes, as JSON. If earlier answers had a thing of the property's name, mostly that one. A slot's value may not
 * fit after all, so the schema is checked again when the request is sent.
 */
export function validValue(schema: JsonSchema, name = ""): fc.Arbitrary<unknown> {
  const { enum: options, const: only, anyOf, oneOf } = schema;
  if (only !== undefined) return fc.constant(only);
  if (options !== undefined) return fc.constantFrom(...options);
  const alternatives = [...(anyOf ?? []), ...(oneOf ?? [])];
  if (alternatives.length > 0) return fc.oneof(...alternatives.map((each) => validValue(each, name)));
  const merged = flat(schema);
  const types = typesOf(merged);
  if (types.length === 0) return oddJson;
  return fc.oneof(...types.map((type) => valueOfType(type, merged, name)));
}

function valueOfType(type: string, schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
  switch (type) {
    case "object":
      return validObject(schema);
    case "array":
      return validArray(schema, name);
    case "string":
      return validText(schema, name);
    case "integer":
    case "number":
      return validNumber(schema);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      throw new Error(`there are no values of type ${type}`);
  }
}

/** Objects of a schema, sometimes without their optional properties. */
export function validObject(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  if (typeof additionalProperties === "object") return namedByCaller(schema, additionalProperties);
  const each = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, validValue(schema, name)]));
  return fc.record(each, { requiredKeys: Object.keys(each).filter((name) => required.includes(name)) });
}

/** Objects whose names the caller chooses: few, and at times as many as there may be. */
function namedByCaller(
  { propertyNames = {}, maxProperties = 10 }: JsonSchema,
  values: JsonSchema,
): fc.Arbitrary<unknown> {
  const name = validText(propertyNames, "").filter((text) => text !== "__proto__");
  const few = fc.dictionary(name, validValue(values), { maxKeys: Math.min(3, maxProperties) });
  const many = validValue(values).map((value) =>
    Object.fromEntries(Array.from({ length: maxProperties }, (_, index) => [`name-${index}`, value])),
  );
  return fc.oneof({ weight: 12, arbitrary: few }, many);
}

function validArray(schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
  const { items = {}, minItems = 0, maxItems = 10, uniqueItems = false } = schema;
  const item = validValue(items, name);
  if (uniqueItems) return fc.uniqueArray(item, { minLength: minItems, maxLength: maxItems });
  const few = fc.array(item, { minLength: minItems, maxLength: Math.max(minItems, Math.min(3, maxItems)) });
  return fc.oneof({ weight: 12, arbitrary: few }, sized(item, maxItems));
}

function validNumber(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { minimum: min = -Number.MAX_SAFE_INTEGER, maximum: max = Number.MAX_SAFE_INTEGER } = schema;
  const near = { min: Math.max(min, Math.min(-nearZero, max)), max: Math.min(max, Math.max(nearZero, min)) };
  return fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: near.min, max: near.max }) },
    { weight: 1, arbitrary: fc.integer({ min, max }) },
    { weight: 1, arbitrary: fc.constantFrom(min, max) },
  );
}

export function validText(schema: JsonSchema, name: string): fc.Arbitrary<string> {
  const { pattern, format, minLength = 0, maxLength = 100 } = schema;
  const ofFormat = format === undefined ? undefined : formats[format];
  const made =
    ofFormat ?? (pattern === undefined ? undefined : textLike(pattern, maxLength)) ?? fc.string({ maxLength });
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength;
  const fresh = made.map((text) => text.slice(0, maxLength)).filter(fits);
  const meant = sensible[name];
  if (meant !== undefined) return fc.constantFrom(...meant);
  return ofFormat ? fresh : fc.oneof({ weight: 4, arbitrary: knownThing(name) }, { weight: 2, arbitrary: fresh });
}

/** Texts that match a pattern: built from it if fast-check knows its parts, else searched for. */
function textLike(source: string, maxLength: number): fc.Arbitrary<string> {
  const pattern = new RegExp(source, "u");
  try {
    return fc.stringMatching(pattern, { maxLength });
  } catch {
    return fc.string({ unit: "grapheme", maxLength }).filter((text) => pattern.test(text));
  }
}

/** An array of one item repeated. Generating each item would take as long as a hundred requests. */
export function sized(item: fc.Arbitrary<unknown>, length: number): fc.Arbitrary<unknown[]> {
  return item.map((each) => Array.from({ length }, () => each));
}
