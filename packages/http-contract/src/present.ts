import { assert } from "@holdfast/domain";
import type { z } from "@hono/zod-openapi";

/** What `present` takes for a schema: the fields that it names, as the domain has them. More fields do no harm. */
export type Shown<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;

type DeepReadonly<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> };

/**
 * An entity as the API shows it: the fields that the schema names and no others, in the schema's order, each instant as a text.
 *
 * It checks nothing. What was stored under other bounds is shown as it is, and the types see to the rest.
 */
export function present<Schema extends z.ZodType>(schema: Schema, entity: Shown<Schema>): z.input<Schema> {
  return showingOf(schema)(entity) as z.input<Schema>;
}

type Show = (value: unknown) => unknown;

const asItIs: Show = (value) => value;

/** Where a codec could say what is wrong with a value. Ours say nothing. */
const unread: z.core.ParsePayload = { value: undefined, issues: [] };

const made = new WeakMap<z.core.$ZodType, Show>();

/** How values of a schema are shown. Worked out once for each schema. */
function showingOf(schema: z.core.$ZodType): Show {
  let show = made.get(schema);
  if (show === undefined) {
    show = makeShowing(schema as z.core.$ZodTypes);
    made.set(schema, show);
  }
  return show;
}

function makeShowing(schema: z.core.$ZodTypes): Show {
  const { def } = schema._zod;
  switch (def.type) {
    case "object":
      return objectShowing(def.shape);
    case "array": {
      const show = showingOf(def.element);
      return show === asItIs ? asItIs : (list) => (list as readonly unknown[]).map((item) => show(item));
    }
    case "optional":
      return showingOf(def.innerType);
    case "union":
      return unionShowing(schema as z.core.$ZodDiscriminatedUnion);
    case "pipe": {
      const { reverseTransform } = def as z.core.$ZodCodecDef;
      assert(reverseTransform !== undefined, "only a codec knows the way back");
      return (value) => reverseTransform(value, unread);
    }
    case "record":
      assert(showingOf(def.valueType) === asItIs, "a record of an answer holds what is shown as it is");
      return asItIs;
    case "string":
    case "number":
    case "boolean":
    case "enum":
    case "literal":
      return asItIs;
    default:
      assert(false, `no answer has a ${def.type}`);
  }
}

function objectShowing(shape: Readonly<Record<string, z.core.$ZodType>>): Show {
  const fields = Object.entries(shape).map(([name, schema]) => ({ name, show: showingOf(schema) }));
  return (entity) => {
    const shown: Record<string, unknown> = {};
    for (const { name, show } of fields) {
      const value = (entity as Readonly<Record<string, unknown>>)[name];
      if (value !== undefined) shown[name] = show === asItIs ? value : show(value);
    }
    return shown;
  };
}

/** By the field that tells its kinds apart. */
function unionShowing(schema: z.core.$ZodDiscriminatedUnion): Show {
  const { discriminator, options } = schema._zod.def;
  assert(discriminator !== undefined, "a field has to tell the kinds of an answer apart");
  const shows = new Map<unknown, Show>();
  for (const option of options) {
    for (const kind of option._zod.propValues?.[discriminator] ?? []) shows.set(kind, showingOf(option));
  }
  return (entity) => {
    const kind = (entity as Readonly<Record<string, unknown>>)[discriminator];
    const show = shows.get(kind);
    assert(show !== undefined, `no answer has a ${discriminator} ${String(kind)}`);
    return show(entity);
  };
}
