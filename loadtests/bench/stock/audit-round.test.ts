import { ApiReader } from "@holdfast/audit";
import { type AuditedShop, openAuditedShop } from "@holdfast/audit/audited-shop";
import { expect, test } from "vitest";
import { auditRound, auditSums, type RoundAudit } from "./audit-round.ts";

/** The audited shop has four orders over its two SKUs. */
const counts = { placed: 4, confirmed: 1, cancelled: 1, unsettled: 0 };

function auditOf({ ask }: AuditedShop, changes: Partial<RoundAudit> = {}): Promise<string[]> {
  const request = { url: "http://shop", skus: ["first", "second"], stock: 10, counts, beganAt: 0, ask };
  return auditRound({ ...request, ...changes }).then((breaches) => breaches.map(({ rule }) => rule));
}

test.each([
  ["every SKU, and finds nothing wrong", {}, []],
  ["every SKU, and misses an order", { counts: { ...counts, placed: 5 } }, ["as the shoppers saw it"]],
  ["a sample, and finds nothing wrong", { sampleMax: 1 }, []],
  ["a sample, and misses an order", { sampleMax: 1, counts: { ...counts, placed: 5 } }, ["as the shoppers saw it"]],
  ["a sample, and finds one too many", { sampleMax: 1, counts: { ...counts, placed: 3 } }, ["as the shoppers saw it"]],
  [
    "a sample, and counts orders whose time is from a clock that lags",
    { sampleMax: 1, beganAt: Date.parse("2026-01-01T00:00:30Z") },
    [],
  ],
  [
    "a sample, and counts no order of before the round",
    { sampleMax: 1, beganAt: Date.parse("2030-01-01") },
    ["as the shoppers saw it"],
  ],
] as const)("audits %s", async (_name, changes, rules) => {
  expect(await auditOf(await openAuditedShop(), changes)).toEqual(rules);
});

test.each([
  // The order that is still open holds two units of `first`.
  ["finds nothing wrong", 2, []],
  ["misses a unit", 3, ["as the shoppers saw it"]],
] as const)("adds up what is held: %s", async (_name, orders, rules) => {
  const { ask } = await openAuditedShop();
  const breaches = await auditSums(new ApiReader("http://shop", { ask }), ["first", "second"], orders);
  expect(breaches.map(({ rule }) => rule)).toEqual(rules);
});
