import type { DescribedCall } from "./described-calls.ts";
import { type JsonSchema, schemasIn, typesOf } from "./json-schema.ts";

/** A pattern that bounds its own length: `^[a-z0-9-]{1,40}$`. */
const boundedPattern = /^\^\[[^\]]*\]\{\d+,\d+\}\$$/;

/** The paths of every text, number, list and object that a call takes without a bound. */
export function unboundedInputs({ parameters, body }: DescribedCall): readonly string[] {
  const inputs: [name: string, schema: JsonSchema][] = parameters.map(({ name, schema }) => [name, schema]);
  if (body !== undefined) inputs.push(["body", body.schema]);
  return inputs.flatMap(([name, schema]) =>
    [...schemasIn(schema, name)].filter(([, each]) => !isBounded(each)).map(([path]) => path),
  );
}

function isBounded(schema: JsonSchema): boolean {
  if (schema.enum !== undefined || schema.const !== undefined) return true;
  return typesOf(schema).every((type) => {
    switch (type) {
      case "string":
        return (
          schema.maxLength !== undefined || schema.format !== undefined || boundedPattern.test(schema.pattern ?? "")
        );
      case "integer":
        return schema.minimum !== undefined && schema.maximum !== undefined;
      case "array":
        return schema.maxItems !== undefined;
      case "object":
        return schema.additionalProperties === false || hasBoundedNames(schema);
      default:
        return type !== "number";
    }
  });
}

/** Of an object whose names the caller chooses. `schemasIn` leads to their values. */
function hasBoundedNames({ maxProperties, propertyNames }: JsonSchema): boolean {
  return maxProperties !== undefined && propertyNames?.maxLength !== undefined;
}
