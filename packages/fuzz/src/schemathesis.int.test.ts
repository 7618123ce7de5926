import { schemathesisCommand } from "@holdfast/test-services";
import { beforeAll, expect, test } from "vitest";
import { runSchemathesis } from "./schemathesis.ts";

// The first run of a checkout installs it.
beforeAll(schemathesisCommand, 300_000);

// `pnpm schemathesis` asks for longer, with requests that are new each time.
test("Schemathesis finds nothing that is not listed with a reason", async () => {
  const { asked, findings, output } = await runSchemathesis(["--max-examples", "5", "--generation-deterministic"]);
  expect(findings.filter(({ reason }) => reason === undefined)).toEqual([]);
  expect(asked, output).toBeGreaterThan(500);
}, 120_000);
