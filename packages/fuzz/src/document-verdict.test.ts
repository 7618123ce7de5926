import { expect, test } from "vitest";
import { describedCalls } from "./described-calls.ts";
import { verdictOn } from "./document-verdict.ts";

const [call] = describedCalls({
  paths: {
    "/v1/things": {
      get: {
        parameters: [
          { name: "idempotency-key", in: "header", required: false, schema: { type: "string", pattern: "^[!-~]+$" } },
        ],
        responses: {},
      },
    },
  },
  components: { schemas: {} },
});

test.each([
  [[], "takes"],
  [["key-1"], "takes"],
  [["key 1"], "refuses"],
  [["key-1", "key-2"], "refuses"],
  // "key-1, " to one server, "key-1," to another.
  [["key-1", ""], "leaves open"],
  [["", "key-1"], "leaves open"],
])("the document's verdict on the idempotency keys %j: %s", (keys, verdict) => {
  if (call === undefined) throw new Error("the document describes a call");
  const headers = keys.map((key) => ["idempotency-key", key] as const);
  expect(verdictOn(call, { method: "GET", target: "/v1/things", headers, body: undefined })).toBe(verdict);
});
