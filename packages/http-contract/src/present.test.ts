import type { Instant } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { expect, test } from "vitest";
import { present } from "./present.ts";
import { instantSchema } from "./value-schemas.ts";

const at = Date.UTC(2026, 10, 22, 18) as Instant;

const paymentSchema = z.object({ at: instantSchema, reference: z.string().max(4).optional() });
const saleSchema = z.object({ sku: z.string(), payments: z.array(paymentSchema), endedAt: instantSchema.optional() });

test("shows the fields of the schema in its order, each instant as a text, and no others", () => {
  const sale = { version: 3, payments: [{ secret: "s", reference: "p-1", at }, { at }], sku: "tea", hash: "h" };
  expect(JSON.stringify(present(saleSchema, sale))).toBe(
    '{"sku":"tea","payments":[{"at":"2026-11-22T18:00:00.000Z","reference":"p-1"},{"at":"2026-11-22T18:00:00.000Z"}]}',
  );
});

test("leaves out what may be missing and is, and shows it where it is there", () => {
  expect(present(saleSchema, { sku: "tea", payments: [] })).toEqual({ sku: "tea", payments: [] });
  expect(present(saleSchema, { sku: "tea", payments: [], endedAt: at })).toMatchObject({
    endedAt: "2026-11-22T18:00:00.000Z",
  });
});

test("shows what was stored under other bounds as it is", () => {
  expect(present(paymentSchema, { at, reference: "longer than today's bound" })).toMatchObject({
    reference: "longer than today's bound",
  });
});

test("shows texts by name as they are", () => {
  const metadata = { channel: "web", constructor: "paper" };
  expect(present(z.record(z.string(), z.string()), metadata)).toEqual(metadata);
});

test("shows each kind by the fields that it has", () => {
  const eventSchema = z.discriminatedUnion("type", [
    z.object({ type: z.literal("Placed"), at: instantSchema }),
    z.object({ type: z.literal("Paid"), reference: z.string() }),
  ]);
  const both = { at, reference: "p-1" };
  expect(present(eventSchema, { type: "Placed", ...both })).toEqual({ type: "Placed", at: "2026-11-22T18:00:00.000Z" });
  expect(present(eventSchema, { type: "Paid", ...both })).toEqual({ type: "Paid", reference: "p-1" });
  expect(() => present(eventSchema, { type: "Lost" as "Paid", ...both })).toThrow("no answer has a type Lost");
});

test.each([
  ["a union whose kinds nothing tells apart", z.union([z.string(), z.object({ sku: z.string() })])],
  ["a transform, which knows no way back", z.string().transform(Number)],
  ["a record of instants", z.record(z.string(), instantSchema)],
])("refuses %s", (_what, schema) => {
  expect(() => present(schema, "tea" as never)).toThrow();
});

test("a client reads an instant back as it was", () => {
  const text = present(instantSchema, at);
  expect(instantSchema.parse(text)).toBe(at);
  expect(() => instantSchema.parse("yesterday")).toThrow();
});
