import { type DescribedCall, describedCalls, type OpenApiDocument } from "./described-calls.ts";
import { flat, type JsonSchema, typesOf } from "./json-schema.ts";

/**
 * What in a newer document breaks a client that was made from an older one, a line each, by the rules of docs/compatibility.md. Answers may
 * get more fields, codes, enum values and events; requests may be given more room. Everything else that changes is a break.
 */
export function breakingChanges(before: OpenApiDocument, after: OpenApiDocument): readonly string[] {
  const calls = describedCalls(after);
  const found = describedCalls(before).flatMap((call) => {
    const next = calls.find(({ name }) => name === call.name);
    return next === undefined ? [`${call.name}: is gone`] : [...changesOfCall(call, next)];
  });
  for (const name of Object.keys(before.components.schemas))
    if (after.components.schemas[name] === undefined) found.push(`${name}: no schema has this name any more`);
  return [...new Set(found)];
}

function* changesOfCall(before: DescribedCall, after: DescribedCall): Generator<string> {
  const { name } = before;
  for (const property of ["operationId", "tag", "scopes", "needsKey"] as const)
    if (before[property] !== after[property])
      yield `${name}: ${property} is ${after[property]}, and was ${before[property]}`;
  const idOf = (each: DescribedCall["parameters"][number]) => `${each.in} ${each.name}`;
  for (const parameter of before.parameters) {
    const next = after.parameters.find((each) => idOf(each) === idOf(parameter));
    if (next === undefined) yield `${name}: ${idOf(parameter)} is gone`;
    else yield* narrowed(parameter.schema, next.schema, `${name}: ${idOf(parameter)}`);
  }
  for (const parameter of after.parameters) {
    const old = before.parameters.find((each) => idOf(each) === idOf(parameter));
    if (parameter.required && !old?.required) yield `${name}: ${idOf(parameter)} is required`;
  }
  if (after.body?.required && !before.body?.required) yield `${name}: a body is required`;
  if (before.body && !after.body) yield `${name}: takes no body`;
  if (before.body && after.body) yield* narrowed(before.body.schema, after.body.schema, `${name}: body`);
  yield* changesOfAnswers(before, after);
}

function* changesOfAnswers(before: DescribedCall, after: DescribedCall): Generator<string> {
  const { name } = before;
  const isRefusal = (status: number) => status >= 400;
  for (const [status, contents] of before.answers) {
    const next = after.answers.get(status);
    // A refusal that no longer comes breaks no client.
    if (next === undefined) {
      if (!isRefusal(status)) yield `${name}: ${status} is gone`;
      continue;
    }
    for (const [type, schema] of Object.entries(contents)) {
      const described = next[type];
      if (described === undefined) yield `${name}: ${status} is no longer ${type}`;
      else yield* widened(schema, described, `${name}: ${status}`);
    }
    const headers = after.answerHeaders.get(status) ?? [];
    for (const header of before.answerHeaders.get(status) ?? [])
      if (!headers.includes(header)) yield `${name}: ${status} has no ${header}`;
  }
  for (const status of after.answers.keys())
    if (!before.answers.has(status) && !isRefusal(status)) yield `${name}: ${status} is new`;
}

const lowest = ["minimum", "minLength", "minItems"] as const;
const highest = ["maximum", "maxLength", "maxItems"] as const;

/** Where a request that was taken may be refused. */
function* narrowed(older: JsonSchema, newer: JsonSchema, place: string): Generator<string> {
  const [before, after] = [flat(older), flat(newer)];
  const gone = typesOf(before).filter((type) => !typesOf(after).includes(type));
  if (gone.length > 0 && typesOf(after).length > 0) yield `${place} may not be ${gone.join(", ")}`;
  for (const value of before.enum ?? [])
    if (after.enum && !after.enum.includes(value)) yield `${place} may not be ${value}`;
  if (after.enum && !before.enum) yield `${place} is one of a list`;
  for (const bound of lowest)
    if ((after[bound] ?? -Infinity) > (before[bound] ?? -Infinity)) yield `${place} has the ${bound} ${after[bound]}`;
  for (const bound of highest)
    if ((after[bound] ?? Infinity) < (before[bound] ?? Infinity)) yield `${place} has the ${bound} ${after[bound]}`;
  for (const rule of ["pattern", "format", "const", "uniqueItems", "not"] as const)
    if (after[rule] !== undefined && JSON.stringify(after[rule]) !== JSON.stringify(before[rule]))
      yield `${place} has the ${rule} ${JSON.stringify(after[rule])}`;
  for (const [name, schema] of Object.entries(before.properties ?? {})) {
    const next = after.properties?.[name];
    if (next === undefined) yield `${place}.${name} is gone`;
    else yield* narrowed(schema, next, `${place}.${name}`);
  }
  for (const name of after.required ?? []) if (!before.required?.includes(name)) yield `${place}.${name} is required`;
  if (before.items && after.items) yield* narrowed(before.items, after.items, `${place}[]`);
  if (JSON.stringify(variantsOf(before)) !== JSON.stringify(variantsOf(after))) yield `${place} has other variants`;
}

/** Where an answer may be what a client does not know. More fields, longer texts, and more values of an enum, it has to expect. */
function* widened(older: JsonSchema, newer: JsonSchema, place: string): Generator<string> {
  const [before, after] = [flat(older), flat(newer)];
  const added = typesOf(after).filter((type) => !typesOf(before).includes(type));
  if (added.length > 0 && typesOf(before).length > 0) yield `${place} may be ${added.join(", ")}`;
  if (typesOf(after).length === 0 && typesOf(before).length > 0) yield `${place} may be anything`;
  if (before.enum && !after.enum) yield `${place} is no longer one of a list`;
  if (before.format !== after.format) yield `${place} has the format ${after.format}, and had ${before.format}`;
  if ((after.minimum ?? -Infinity) < (before.minimum ?? -Infinity)) yield `${place} has the minimum ${after.minimum}`;
  if ((after.maximum ?? Infinity) > (before.maximum ?? Infinity)) yield `${place} has the maximum ${after.maximum}`;
  for (const [name, schema] of Object.entries(before.properties ?? {})) {
    const next = after.properties?.[name];
    if (next === undefined) yield `${place}.${name} is gone`;
    else yield* widened(schema, next, `${place}.${name}`);
  }
  for (const name of before.required ?? [])
    if (after.properties?.[name] && !after.required?.includes(name)) yield `${place}.${name} may be missing`;
  if (before.items && after.items) yield* widened(before.items, after.items, `${place}[]`);
  yield* widenedVariants(before, after, place);
}

/** Variants that have a `type`, as events have, may become more. */
function* widenedVariants(before: JsonSchema, after: JsonSchema, place: string): Generator<string> {
  const [old, next] = [variantsOf(before), variantsOf(after)];
  const named = (variant: JsonSchema) => nameOf(variant) ?? JSON.stringify(variant);
  for (const [index, variant] of old.entries()) {
    const known = next.find((each) => named(each) === named(variant)) ?? (nameOf(variant) ? undefined : next[index]);
    if (known === undefined) yield `${place}: ${nameOf(variant) ?? `variant ${index}`} is gone`;
    else yield* widened(variant, known, nameOf(variant) ? `${place} ${nameOf(variant)}` : place);
  }
  if (
    next.length > old.length &&
    next.some((variant) => nameOf(variant) === undefined && !old.some((each) => named(each) === named(variant)))
  )
    yield `${place} has another variant`;
}

function variantsOf({ anyOf = [], oneOf = [] }: JsonSchema): readonly JsonSchema[] {
  return [...anyOf, ...oneOf].map(flat);
}

/** What a client tells a variant by. */
function nameOf({ properties }: JsonSchema): string | undefined {
  const type = properties?.["type"];
  const name = type?.const ?? (type?.enum?.length === 1 ? type.enum[0] : undefined);
  return name === undefined ? undefined : String(name);
}

/** Deprecated calls of a document whose answers do not announce their end, in `Deprecation` and `Sunset`. */
export function endsWithoutNotice(document: OpenApiDocument): readonly string[] {
  return describedCalls(document)
    .filter(({ isDeprecated }) => isDeprecated)
    .filter(({ answers, answerHeaders }) =>
      [...answers.keys()].some((status) => {
        const headers = answerHeaders.get(status) ?? [];
        return !headers.includes("Deprecation") || !headers.includes("Sunset");
      }),
    )
    .map(({ name }) => name);
}
