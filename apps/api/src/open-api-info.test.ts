import { routes, scopesOf } from "@holdfast/http-contract";
import type { z } from "@hono/zod-openapi";
import { beforeAll, describe, expect, test } from "vitest";
import { answered, TestApi } from "./test-api.ts";

interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Operation {
  readonly operationId?: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: Schema }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Content }>>;
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Readonly<Record<string, { type: string; scheme: string }>>;
  };
}

let document: Document;
beforeAll(async () => {
  document = (await answered(200, new TestApi().get("/openapi.json"))) as unknown as Document;
});

/** Follows a reference. Fails if its target is missing. */
function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = document.components.schemas[schema.$ref.replace("#/components/schemas/", "")];
  if (found === undefined) throw new Error(`${schema.$ref} leads nowhere`);
  return resolved(found);
}

/** A value that a reader would make up from a schema: its examples, put together. */
function exampleOf(reference: Schema): unknown {
  const schema = resolved(reference);
  if (schema.example !== undefined) return schema.example;
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map(exampleOf));
  if (schema.anyOf?.[0] !== undefined) return exampleOf(schema.anyOf[0]);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (typeof schema.type === "string" ? schema.type : schema.type?.[0]) {
    case "object":
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, each]) => [name, exampleOf(each)]));
    case "array":
      return schema.items === undefined ? [] : [exampleOf(schema.items)];
    case "string":
      return "text";
    case "integer":
      return 1;
    case "boolean":
      return true;
    default:
      throw new Error(`nobody can make up an example of ${JSON.stringify(schema)}`);
  }
}

const calls = Object.values(routes).map((route) => ({ ...route, call: `${route.method} ${route.path}` }));

function operationOf({ path, method }: { path: string; method: string }): Operation {
  const operation = document.paths[path]?.[method];
  if (operation === undefined) throw new Error(`${method} ${path} is not described`);
  return operation;
}

test("is OpenAPI 3.1, and describes every call and no other", () => {
  expect(document.openapi).toMatch(/^3\.1\.\d$/);
  expect([document.info.title, document.info.version]).toEqual(["Holdfast", expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  const described = Object.entries(document.paths).flatMap(([path, each]) =>
    Object.keys(each).map((method) => `${method} ${path}`),
  );
  expect(described.sort()).toEqual(calls.map(({ call }) => call).sort());
});

test("names each call by a group and a verb, and gives no name twice", () => {
  const ids = calls.map((call) => operationOf(call).operationId);
  expect(ids.filter((id) => !/^[a-z][A-Za-z]+\.[a-z][A-Za-z]+$/.test(id ?? ""))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test("declares every tag", () => {
  const used = new Set(calls.flatMap((call) => operationOf(call).tags));
  expect(new Set(document.tags.map(({ name }) => name))).toEqual(used);
});

test("describes every property and every parameter", () => {
  const bare: string[] = [];
  const look = (schema: Schema, place: string) => {
    for (const [name, each] of Object.entries(schema.properties ?? {})) {
      if (each.description === undefined && resolved(each).description === undefined) bare.push(`${place}.${name}`);
      look(each, `${place}.${name}`);
    }
    for (const each of [schema.items, ...(schema.allOf ?? []), ...(schema.anyOf ?? [])]) if (each) look(each, place);
  };
  for (const [name, schema] of Object.entries(document.components.schemas)) look(schema, name);
  for (const call of calls) {
    for (const { name, schema } of operationOf(call).parameters ?? [])
      look({ properties: { [name]: schema } }, call.call);
  }
  expect(bare).toEqual([]);
});

test("gives every object a name, and says what is beside a reference without a schema of its own", () => {
  const nameless: string[] = [];
  const look = (schema: Schema, place: string, isNamed: boolean) => {
    if (schema.properties !== undefined && !isNamed) nameless.push(place);
    for (const [name, each] of Object.entries(schema.properties ?? {})) look(each, `${place}.${name}`, false);
    if (schema.items) look(schema.items, `${place}[]`, false);
    for (const each of schema.anyOf ?? []) look(each, place, false);
    // A problem of one call narrows the code of any problem, and has a name itself.
    for (const each of schema.allOf ?? []) look(each, place, isNamed);
    if (schema.allOf && !isNamed) nameless.push(place);
  };
  for (const [name, schema] of Object.entries(document.components.schemas)) look(schema, name, true);
  for (const call of calls) {
    const { requestBody, responses } = operationOf(call);
    const contents = [requestBody?.content ?? {}, ...Object.values(responses).map(({ content = {} }) => content)];
    for (const { schema } of contents.flatMap(Object.values)) look(schema, call.call, false);
  }
  expect(nameless).toEqual([]);
});

describe.each(calls)("$call", (call) => {
  test("says what it does, and declares every parameter of its path", () => {
    const { summary, tags, parameters = [] } = operationOf(call);
    expect([summary.length > 5, tags.length]).toEqual([true, 1]);
    const inPath = parameters.filter((parameter) => parameter.in === "path");
    expect(inPath.map(({ name, required }) => [`{${name}}`, required])).toEqual(
      (call.path.match(/\{\w+\}/g) ?? []).map((name) => [name, true]),
    );
  });

  test("asks for a key, and says its scopes, exactly where one is needed", () => {
    const security = call.path.startsWith("/v1/") ? scopesOf(call).map((scope) => ({ apiKey: [scope] })) : [];
    expect(operationOf(call).security).toEqual(security);
    expect(document.components.securitySchemes["apiKey"]).toMatchObject({ type: "http", scheme: "bearer" });
  });

  test("has examples of every answer that fit its schema", () => {
    for (const [status, { content = {} }] of Object.entries(call.responses as unknown as DeclaredAnswers)) {
      const described = operationOf(call).responses[status];
      expect(Object.keys(described?.content ?? {})).toEqual(Object.keys(content));
      for (const [type, { schema }] of Object.entries(content)) {
        const example = exampleOf(described?.content[type]?.schema ?? {});
        expect(() => schema.parse(example)).not.toThrow();
      }
    }
  });
});

type DeclaredAnswers = Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: z.ZodType }>> }>>;

test("describes what a request may not hold, where a type alone does not", () => {
  const { StockAdjustmentRequest, OrderRequest, Price } = document.components.schemas;
  expect(StockAdjustmentRequest?.properties?.["delta"]).toMatchObject({ not: { const: 0 } });
  expect(Price?.properties?.["currency"]).toMatchObject({ pattern: "^[A-Z]{3}$" });
  expect(OrderRequest?.properties?.["customerId"]).toMatchObject({ pattern: "^[^\\x00-\\x1f\\x7f-\\x9f]*$" });
});

test("has request examples that work", async () => {
  const api = new TestApi();
  const example = (path: string) =>
    exampleOf(operationOf({ path, method: "post" }).requestBody?.content["application/json"]?.schema ?? {});
  await answered(201, api.post("/v1/products", example("/v1/products")));
  await answered(201, api.post("/v1/stock-adjustments", example("/v1/stock-adjustments")));
  const { id } = await answered(201, api.post("/v1/orders", example("/v1/orders")));
  await answered(200, api.post(`/v1/orders/${id}/confirm`, example("/v1/orders/{id}/confirm")));
  expect(await api.stock("tea-green")).toBe("17/0/2/15");
});

test("describes the references of payments and refunds as the payment provider's, and no other one so", () => {
  const described = Object.entries(document.components.schemas).flatMap(([name, { properties = {} }]) =>
    Object.entries(properties)
      .filter(([, { description = "" }]) => description.includes("payment provider"))
      .map(([field]) => `${name}.${field}`),
  );
  expect(described.sort()).toEqual([
    "ConfirmRequest.paymentReference",
    "ExtendRequest.paymentReference",
    "Payment.reference",
    "PaymentRefund.reference",
    "RefundRequest.refundReference",
    "Repayment.reference",
    "RepaymentRequest.reference",
  ]);
  const { Payment, StockAdjustment } = document.components.schemas;
  expect(Payment?.properties?.["reference"]?.example).not.toBe(StockAdjustment?.properties?.["reference"]?.example);
});
