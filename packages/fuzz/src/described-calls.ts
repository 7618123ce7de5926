import { type JsonSchema, whole } from "./json-schema.ts";

/** One call, as `/openapi.json` describes it. Its schemas are whole: they refer to nothing. */
export interface DescribedCall {
  /** `POST /v1/orders/{id}/confirm` */
  readonly name: string;
  readonly method: string;
  readonly template: string;
  /** Its path's first two segments: `/v1/orders`. What is listed there has ids of its own. */
  readonly collection: string;
  readonly needsKey: boolean;
  readonly operationId: string | undefined;
  /** Generated clients are often grouped by it. */
  readonly tag: string | undefined;
  /** What its key has to be allowed. */
  readonly scopes: string;
  readonly isDeprecated: boolean;
  readonly parameters: readonly DescribedParameter[];
  readonly body: { readonly required: boolean; readonly schema: JsonSchema } | undefined;
  /** Schemas by status and content type. */
  readonly answers: ReadonlyMap<number, Readonly<Record<string, JsonSchema>>>;
  /** The names of headers by status. */
  readonly answerHeaders: ReadonlyMap<number, readonly string[]>;
}

export interface DescribedParameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** The parts of an OpenAPI 3.1 document that are read here. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

interface Operation {
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly deprecated?: boolean;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly (DescribedParameter & { readonly required?: boolean })[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<
    Record<string, { readonly content?: Content; readonly headers?: Readonly<Record<string, unknown>> }>
  >;
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

/** Every call of a document. */
export function describedCalls({ paths, components }: OpenApiDocument): readonly DescribedCall[] {
  const schemaOf = (schema: JsonSchema) => whole(schema, components.schemas);
  const schemasOf = (content: Content = {}) =>
    Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, schemaOf(schema)]));

  return Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const { security, parameters = [], requestBody, responses } = operation;
      const json = requestBody?.content["application/json"]?.schema;
      return {
        name: `${method.toUpperCase()} ${template}`,
        method: method.toUpperCase(),
        template,
        collection: template.split("/").slice(0, 3).join("/"),
        needsKey: (security ?? []).length > 0,
        operationId: operation.operationId,
        tag: operation.tags?.[0],
        scopes: JSON.stringify(security ?? []),
        isDeprecated: operation.deprecated === true,
        parameters: parameters.map((each) => ({
          ...each,
          required: each.required === true,
          schema: schemaOf(each.schema),
        })),
        body: json && { required: requestBody?.required === true, schema: schemaOf(json) },
        answers: new Map(
          Object.entries(responses).map(([status, { content }]) => [Number(status), schemasOf(content)] as const),
        ),
        answerHeaders: new Map(
          Object.entries(responses).map(
            ([status, { headers = {} }]) => [Number(status), Object.keys(headers)] as const,
          ),
        ),
      };
    }),
  );
}

/** The call that a path belongs to: its text as it was sent, and as a router reads it. */
export function callAt(calls: readonly DescribedCall[], method: string, pathname: string): DescribedCall | undefined {
  const asked = method === "HEAD" ? "GET" : method;
  return calls.find(
    (call) => call.method === asked && [pathname, unescaped(pathname)].some((path) => patternOf(call).test(path)),
  );
}

/** A path with its percent escapes read, but for those that stand for a delimiter; what cannot be read stays. */
function unescaped(pathname: string): string {
  return pathname.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURI(escapes);
    } catch {
      return escapes;
    }
  });
}

function patternOf({ template }: DescribedCall): RegExp {
  return new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`, "s");
}
