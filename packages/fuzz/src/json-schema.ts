/** The part of JSON Schema (2020-12) that the API's document uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly not?: JsonSchema;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly unevaluatedProperties?: boolean;
  readonly maxProperties?: number;
  readonly propertyNames?: JsonSchema;
}

/** A schema with all its references resolved. Throws if it refers to itself. */
export function whole(
  schema: JsonSchema,
  components: Readonly<Record<string, JsonSchema>>,
  above: readonly string[] = [],
): JsonSchema {
  const { $ref, ...rest } = schema;
  if ($ref !== undefined) {
    const name = $ref.replace("#/components/schemas/", "");
    const found = components[name];
    if (found === undefined) throw new Error(`${$ref} leads nowhere`);
    if (above.includes(name)) throw new Error(`${name} refers to itself`);
    return whole({ ...found, ...rest }, components, [...above, name]);
  }
  return mapped(rest, (each) => whole(each, components, above));
}

/**
 * The schema with every object closed unless it says that it is open, so that an undescribed property is an error. Takes resolved
 * schemas only.
 */
export function closed(schema: JsonSchema, withinAllOf = false): JsonSchema {
  const { allOf, ...rest } = schema;
  const inner = { ...mapped(rest, (each) => closed(each)), ...(allOf && { allOf: allOf.map((e) => closed(e, true)) }) };
  const isOpen = schema.additionalProperties !== undefined || withinAllOf;
  return isObject(schema) && !isOpen ? { ...inner, unevaluatedProperties: false } : inner;
}

/** Its types, including `null` if it may be null. */
export function typesOf({ type }: JsonSchema): readonly string[] {
  return type === undefined ? [] : typeof type === "string" ? [type] : type;
}

/** The schema with its `allOf` merged into it. */
export function flat({ allOf, ...rest }: JsonSchema): JsonSchema {
  if (allOf === undefined) return rest;
  const parts = [...allOf.map(flat), rest];
  return {
    ...Object.assign({}, ...parts),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  };
}

/** Every schema in a schema, itself included, with the path to it. */
export function* schemasIn(schema: JsonSchema, path = "$"): Generator<readonly [path: string, schema: JsonSchema]> {
  yield [path, schema];
  for (const [name, each] of Object.entries(schema.properties ?? {})) yield* schemasIn(each, `${path}.${name}`);
  if (schema.items) yield* schemasIn(schema.items, `${path}[]`);
  for (const each of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    yield* schemasIn(each, path);
  }
  if (typeof schema.additionalProperties === "object") yield* schemasIn(schema.additionalProperties, `${path}.*`);
}

function isObject(schema: JsonSchema): boolean {
  return schema.properties !== undefined || (schema.allOf ?? []).some(isObject);
}

/** The schema with a function applied to each schema right inside it. */
function mapped(schema: JsonSchema, change: (schema: JsonSchema) => JsonSchema): JsonSchema {
  const { properties, items, allOf, anyOf, oneOf, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, change(each)])),
    }),
    ...(items && { items: change(items) }),
    ...(allOf && { allOf: allOf.map(change) }),
    ...(anyOf && { anyOf: anyOf.map(change) }),
    ...(oneOf && { oneOf: oneOf.map(change) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: change(additionalProperties) }),
  };
}
