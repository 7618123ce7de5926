import { routes, scopeOf } from "@holdfast/http-contract";
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

/** Follows a reference; fails where it leads nowhere. */
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
  if (schema.allOf?.[0] !== undefined) return exampleOf(schema.allOf[0]);
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

test("gives no operation id twice", () => {
  const ids = calls.flatMap((call) => operationOf(call).operationId ?? []);
  expect(new Set(ids).size).toBe(ids.length);
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

  test("asks for a key, and says its scope, exactly where one is needed", () => {
    const security = call.path.startsWith("/v1/") ? [{ apiKey: [scopeOf(call)] }] : undefined;
    expect(operationOf(call).security).toEqual(security);
    expect(document.components.securitySchemes["apiKey"]).toEqual({ type: "http", scheme: "bearer" });
  });

  test("has examples of every answer that fit its schema", () => {
    for (const [status, { content }] of Object.entries(call.responses as unknown as DeclaredAnswers)) {
      const described = operationOf(call).responses[status];
      expect(Object.keys(described?.content ?? {})).toEqual(Object.keys(content));
      for (const [type, { schema }] of Object.entries(content)) {
        const example = exampleOf(described?.content[type]?.schema ?? {});
        expect(() => schema.parse(example)).not.toThrow();
      }
    }
  });
});

type DeclaredAnswers = Readonly<Record<string, { readonly content: Readonly<Record<string, { schema: z.ZodType }>> }>>;

test("tells of what a request may not hold, where a type alone does not", () => {
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
    "Payment.reference",
    "RefundRequest.refundReference",
  ]);
  const { Payment, StockAdjustment } = document.components.schemas;
  expect(Payment?.properties?.["reference"]?.example).not.toBe(StockAdjustment?.properties?.["reference"]?.example);
});
