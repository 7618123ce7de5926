import { expect, test } from "vitest";
import { instantSchema, requestInstantSchema } from "./value-schemas.ts";

test.each([
  ["2026-11-22T18:30:00Z", "2026-11-22T18:30:00.000Z"],
  ["2026-11-22T18:30:00.25+02:00", "2026-11-22T16:30:00.250Z"],
  ["0000-01-01T00:00:00+23:59", "1970-01-01T00:00:00.000Z"],
  ["9999-12-31T23:59:59.999-23:59", "9999-12-31T23:59:59.999Z"],
])("the instant %s of a request is answered as %s", (given, answered) => {
  expect(instantSchema.encode(requestInstantSchema.parse(given))).toBe(answered);
});
