import { expect, test } from "vitest";
import { findingsOf } from "./schemathesis-findings.ts";

/** The report of one answer that one check refuses, as Schemathesis writes it. */
function reported(check: string, status: number, answer: object, state = "failure") {
  const failure = { title: "Schema-valid request rejected", message: "Valid data should have been accepted" };
  return {
    ScenarioFinished: {
      recorder: {
        label: "POST /v1/orders",
        checks: { a1: [{ name: check, status: state, ...(state === "failure" && { failure_info: { failure } }) }] },
        interactions: {
          a1: {
            request: { method: "POST", uri: "http://127.0.0.1/v1/orders", body: null },
            response: {
              status_code: status,
              content: { $base64: Buffer.from(JSON.stringify(answer)).toString("base64") },
            },
          },
        },
      },
    },
  };
}

const malformed = (...paths: readonly string[]) => ({
  code: "malformed_request",
  errors: paths.map((path) => ({ path, message: "must be something else" })),
});

test.each([
  ["a reused idempotency key", "positive_data_acceptance", 422, { code: "idempotency_key_reused" }, true],
  ["a currency that is none", "positive_data_acceptance", 400, malformed("price.currency"), true],
  ["a currency and a name", "positive_data_acceptance", 400, malformed("price.currency", "name"), false],
  ["a name alone", "positive_data_acceptance", 400, malformed("name"), false],
  ["a listed code in another check", "status_code_conformance", 422, { code: "idempotency_key_reused" }, false],
  ["a server error", "not_a_server_error", 500, { code: "internal_error" }, false],
  ["an answer that is no problem", "response_schema_conformance", 200, ["text"], false],
] as const)("has a reason for what is listed, and for nothing else: %s", (_, check, status, answer, isListed) => {
  const { asked, findings } = findingsOf(reported(check, status, answer));
  expect([asked, findings.map(({ reason }) => reason !== undefined)]).toEqual([1, [isListed]]);
});

test("finds nothing in an answer that passes its checks", () => {
  expect(findingsOf(reported("not_a_server_error", 200, {}, "success"))).toEqual({ asked: 1, findings: [] });
});

test("takes an error of the program for a finding", () => {
  expect(findingsOf({ NonFatalError: { value: "timed out" } }).findings).toMatchObject([
    { check: "error", reason: undefined },
  ]);
});
