import type { Problem, ProblemCode } from "@holdfast/http-contract";
import { z } from "zod";

/** What a check of Schemathesis says of one answer. */
export interface Finding {
  readonly check: string;
  /** `POST /v1/orders`. */
  readonly call: string;
  /** Request and answer, for a reader. */
  readonly what: string;
  /** Why it is right all the same; `undefined` for what has to be mended. */
  readonly reason: string | undefined;
}

interface Listed {
  readonly check: string;
  readonly code: ProblemCode;
  /** The only field that was refused, where the code has fields. */
  readonly field?: string;
  readonly reason: string;
}

/** What Schemathesis may find, since no schema can say it. */
const listed: readonly Listed[] = [
  {
    check: "positive_data_acceptance",
    code: "invalid_cursor",
    reason: "A cursor is opaque: only a page of the list gives one.",
  },
  {
    check: "positive_data_acceptance",
    code: "policies_contradictory",
    reason: "Policies that are fine one by one may leave no quantity that keeps them all: no schema compares fields.",
  },
  {
    check: "positive_data_acceptance",
    code: "idempotency_key_reused",
    reason: "An idempotency key goes with the first body that it came with.",
  },
  {
    check: "positive_data_acceptance",
    code: "malformed_request",
    field: "currency",
    reason: "ISO changes its list of currencies, and the document gives their form alone.",
  },
  {
    check: "positive_data_acceptance",
    code: "malformed_request",
    field: "at",
    reason: "A level is explained at an instant that has been, which depends on the clock.",
  },
  {
    check: "positive_data_acceptance",
    code: "malformed_request",
    field: "sku",
    reason: "A SKU is neither `.` nor `..`, and has its length in NFC: its description says so, and no pattern can.",
  },
  {
    check: "positive_data_acceptance",
    code: "malformed_request",
    field: "metadata",
    reason: "Metadata has a bound on all its names and values together: its description says so, and no schema can.",
  },
  {
    check: "positive_data_acceptance",
    code: "metadata_too_large",
    reason: "An order keeps the entries that a change leaves out, and all of them together have a bound.",
  },
  {
    check: "positive_data_acceptance",
    code: "product_changed",
    reason: "Only a read of the product gives the tag that `If-Match` needs.",
  },
  ...(["level_changed", "location_changed", "order_changed"] as const).map((code) => ({
    check: "positive_data_acceptance",
    code,
    reason: "Only a read gives the tag or the version that a change or a count names.",
  })),
  ...["status_code_conformance", "negative_data_rejection", "positive_data_acceptance"].map((check) => ({
    check,
    code: "header_too_large" as const,
    reason: "The HTTP parser refuses a head of more than 16 KiB before there is a call; no answer of a call is that.",
  })),
  {
    check: "ensure_resource_availability",
    code: "payment_not_found",
    reason: "The order is found; it is its payment that is not.",
  },
];

const content = z.object({ $base64: z.string() });

const check = z.object({
  name: z.string(),
  status: z.string(),
  failure_info: z.object({ failure: z.object({ title: z.string(), message: z.string() }) }).nullish(),
});

const interaction = z.object({
  request: z.object({ method: z.string(), uri: z.string(), body: content.nullish() }),
  response: z.object({ status_code: z.number(), content: content.nullish() }).nullish(),
});

// A scenario that was left out has neither checks nor interactions.

const scenario = z.object({
  recorder: z.object({
    label: z.string(),
    checks: z.record(z.string(), z.array(check)).default({}),
    interactions: z.record(z.string(), interaction).default({}),
  }),
});

/** How many answers one event of the report is of, and what was found. An error of Schemathesis itself is a finding too. */
export function findingsOf(event: Readonly<Record<string, unknown>>): { asked: number; findings: Finding[] } {
  const error = event["NonFatalError"] ?? event["FatalError"];
  if (error !== undefined) {
    return {
      asked: 0,
      findings: [{ check: "error", call: "", what: JSON.stringify(error).slice(0, 2_000), reason: undefined }],
    };
  }
  if (event["ScenarioFinished"] === undefined) return { asked: 0, findings: [] };
  const { recorder } = scenario.parse(event["ScenarioFinished"]);
  const findings: Finding[] = [];
  for (const [id, checks] of Object.entries(recorder.checks)) {
    const interaction = recorder.interactions[id];
    const answer = text(interaction?.response?.content);
    for (const { name, status, failure_info } of checks) {
      if (status !== "failure") continue;
      const failure = failure_info?.failure;
      const request = `${interaction?.request.method} ${interaction?.request.uri} ${text(interaction?.request.body)}`;
      findings.push({
        check: name,
        call: recorder.label,
        what: `${failure?.title}: ${failure?.message}\n${request}\n${interaction?.response?.status_code} ${answer}`,
        reason: reasonFor(name, answer),
      });
    }
  }
  return { asked: Object.keys(recorder.interactions).length, findings };
}

function text(body: z.infer<typeof content> | null | undefined): string {
  return body ? Buffer.from(body.$base64, "base64").toString() : "";
}

/** Why a finding is right all the same. */
function reasonFor(check: string, answer: string): string | undefined {
  let problem: Partial<Problem>;
  try {
    problem = JSON.parse(answer) as Partial<Problem>;
  } catch {
    return undefined;
  }
  const fields = (problem.errors ?? []).map(({ path }) => path?.split(".").at(-1));
  return listed.find(
    (each) =>
      each.check === check &&
      each.code === problem.code &&
      (each.field === undefined || (fields.length > 0 && fields.every((field) => field === each.field))),
  )?.reason;
}
