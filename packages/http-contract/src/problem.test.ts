import { type FailureCode, failureCodes } from "@holdfast/domain";
import { expect, test } from "vitest";
import { type ProblemCode, problemKinds } from "./problem.ts";

/** Refusals that pass by themselves. */
const mayPass: ReadonlySet<number> = new Set([429, 503]);

/** The page of error codes, as it stands in the docs. */
function page(): string {
  const rows = Object.entries(problemKinds)
    .sort(([, a], [, b]) => a.status - b.status)
    .map(([code, { status, title }]) => `| ${status} | \`${code}\` | ${retry(code as ProblemCode)} | ${title} |`);
  return `# Error codes

Every error is \`application/problem+json\` (RFC 9457): \`type\`, \`title\`, \`status\`, \`code\`, \`requestId\`, and where they
help \`detail\` and \`errors\`, one a line or field. Go by \`code\`: it is stable. Texts are for people and may change.

"Retry" says whether the very same request may work later. Send it with the same \`Idempotency-Key\`; after a 429 or 503,
wait for as long as \`Retry-After\` says.

<!-- Made from packages/http-contract/src/problem.ts: \`pnpm exec vitest run --project unit packages/http-contract -u\` -->

| status | code | retry | meaning |
|---|---|---|---|
${rows.join("\n")}
`;
}

function retry(code: ProblemCode): string {
  const failure = code in failureCodes ? failureCodes[code as FailureCode] : undefined;
  return (failure?.retryable ?? mayPass.has(problemKinds[code].status)) ? "yes" : "no";
}

test("docs/errors.md lists every code as it is", async () => {
  await expect(page()).toMatchFileSnapshot("../../../docs/errors.md");
});

test("every failure of the rules has a status and a meaning of its own", () => {
  const kinds = Object.keys(failureCodes).map((code) => problemKinds[code as FailureCode]);
  for (const { status, title } of kinds) {
    // What cannot be read is no fault of the caller's, and no bug either.
    const right = title === failureCodes.record_unreadable.meaning ? status === 503 : status >= 400 && status < 500;
    expect([right, title.length > 10]).toEqual([true, true]);
  }
  expect(new Set(kinds.map(({ title }) => title)).size).toBe(kinds.length);
});
