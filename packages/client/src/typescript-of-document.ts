/** The little of JSON Schema that the API's document uses. */
interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content>>;
}

/** What of an OpenAPI document the client is made from. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The document's calls below `/v1` and its schemas as TypeScript: the client's `api.ts`. */
export function typescriptOf({ paths, components }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const calls = operations.filter(({ path }) => path.startsWith("/v1/"));
  return [
    "// Made from the API's OpenAPI document: `vitest run packages/client -u` makes it anew.\n",
    "/** Every call: what it takes, and what it answers. */",
    "export interface Calls {",
    ...calls.map(({ path, operation }) => callType(path, operation)),
    "}\n",
    "/** How each call is sent: its method and path, what it takes beside the path, whether an idempotency key or the tag of what was read makes a repeat harmless, and whether a shopper shows an order's token. */",
    "export const calls = {",
    ...calls.map(({ path, method, operation }) => callEntry(path, method, operation)),
    "} as const;\n",
    ...Object.entries(components.schemas).map(([name, schema]) => declaration(name, schema)),
  ].join("\n");
}

function callType(path: string, operation: Operation): string {
  const { operationId, summary, responses } = operation;
  const [status = ""] = Object.keys(responses).filter((each) => each.startsWith("2"));
  const answer = schemaIn(responses[status]);
  const [problem] = Object.entries(responses).filter(([each]) => each >= "400");
  const fields = [
    `path: [${[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `${name}: string`).join(", ")}];`,
    `input: ${inputType(operation)};`,
    `answer: ${answer ? typeOf(answer) : "never"};`,
    `problem: ${typeOf(schemaIn(problem?.[1]) ?? {})};`,
  ];
  return `  /** ${summary}. */\n  ${JSON.stringify(operationId)}: {\n${fields.map((field) => `    ${field}`).join("\n")}\n  };`;
}

function inputType(operation: Operation): string {
  const { requestBody } = operation;
  const body = schemaIn(requestBody);
  if (body !== undefined) return `[body${requestBody?.required === false ? "?" : ""}: ${typeOf(body)}]`;
  const query = queryOf(operation);
  if (query.length === 0) return "[]";
  const fields = query.map(({ name, required, schema }) => `${name}${required ? "" : "?"}: ${typeOf(schema)}`);
  return `[query${query.some(({ required }) => required) ? "" : "?"}: { ${fields.join("; ")} }]`;
}

function queryOf({ parameters = [] }: Operation) {
  return parameters.filter((parameter) => parameter.in === "query");
}

function callEntry(path: string, method: string, operation: Operation): string {
  const { operationId, requestBody, parameters = [] } = operation;
  const takes = requestBody ? "body" : queryOf(operation).length > 0 ? "query" : "nothing";
  const keyed = parameters.some(({ name }) => name === "idempotency-key");
  const guarded = parameters.some(({ name }) => name === "if-match");
  const ofShopper = parameters.some(({ name }) => name === "order-token");
  const tries = queryOf(operation).some(({ name }) => name === "dryRun");
  const entry = { method: method.toUpperCase(), path, takes, keyed, guarded, ofShopper, tries };
  return `  ${JSON.stringify(operationId)}: ${JSON.stringify(entry)},`;
}

function schemaIn(part: Content | undefined): Schema | undefined {
  const { content = {} } = part ?? {};
  return (content["application/json"] ?? content["application/problem+json"])?.schema;
}

function declaration(name: string, schema: Schema): string {
  return `${comment(schema.description, "")}export type ${name} = ${typeOf(schema)};\n`;
}

function comment(text: string | undefined, indent: string): string {
  return text === undefined ? "" : `${indent}/** ${text.replaceAll("*/", "* /").replaceAll("\n", " ")} */\n`;
}

function typeOf(schema: Schema): string {
  const { $ref, oneOf, anyOf, allOf, const: constant, items, properties, additionalProperties } = schema;
  if ($ref !== undefined) return $ref.split("/").at(-1) ?? "";
  const oneOfThem = oneOf ?? anyOf;
  if (oneOfThem !== undefined) return oneOfThem.map(typeOf).join(" | ");
  if (allOf !== undefined)
    return allOf
      .map(typeOf)
      .filter((type) => type !== "unknown")
      .join(" & ");
  if (constant !== undefined) return JSON.stringify(constant);
  if (schema.enum !== undefined) return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
  if (items !== undefined) return `readonly (${typeOf(items)})[]`;
  if (properties !== undefined) {
    const object = objectType(schema, properties);
    return [schema.type].flat().includes("null") ? `${object} | null` : object;
  }
  if (typeof additionalProperties === "object") return `Readonly<Record<string, ${typeOf(additionalProperties)}>>`;
  const types = [schema.type ?? []].flat();
  return types.length === 0 ? "unknown" : types.map(plainType).join(" | ");
}

function plainType(type: string): string {
  return type === "integer" ? "number" : type;
}

function objectType({ required = [], additionalProperties }: Schema, properties: Readonly<Record<string, Schema>>) {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const mark = required.includes(name) ? "" : "?";
    return `${comment(schema.description, "  ")}  readonly ${name}${mark}: ${typeOf(schema)};`;
  });
  const others = typeof additionalProperties === "object" ? [`  readonly [other: string]: unknown;`] : [];
  return `{\n${[...fields, ...others].join("\n")}\n}`;
}
