import type { Command, Failure, Subject } from "@holdfast/domain";
import { Outage, OutcomeUnknown, type Submitted } from "@holdfast/engine";

/** What a client gets, as it would see it over HTTP. */
export type Reply =
  | { readonly kind: "ok"; readonly subject: Subject; readonly replayed: boolean }
  /** `subject`: the order that has a record of it. */
  | { readonly kind: "refused"; readonly failure: Failure; readonly subject?: Subject }
  /** Nothing was written: a 503 that says so, or no process listens. */
  | { readonly kind: "not_written" }
  /** May have been written: a 503 `outcome_unknown`, or the connection broke. */
  | { readonly kind: "unknown" }
  /** A 500. */
  | { readonly kind: "broken"; readonly why: string };

/** The API's reply to what the engine answers. Never rejects. */
export async function replyTo(submitted: Promise<Submitted<Command>>): Promise<Reply> {
  try {
    const result = await submitted;
    if (result.ok) return { kind: "ok", ...result.value };
    return { kind: "refused", failure: result.failure, ...(result.subject && { subject: result.subject }) };
  } catch (error) {
    if (error instanceof OutcomeUnknown) return { kind: "unknown" };
    if (error instanceof Outage) return { kind: "not_written" };
    return { kind: "broken", why: String(error) };
  }
}

/** A reply in one line, byte for byte. */
export function wordsOf(reply: Reply): string {
  switch (reply.kind) {
    case "ok":
      return `${reply.replayed ? "replayed" : "ok"} ${JSON.stringify(reply.subject)}`;
    case "refused":
      return `refused ${JSON.stringify(reply.failure)}${reply.subject ? ` ${JSON.stringify(reply.subject)}` : ""}`;
    case "broken":
      return `broken ${reply.why}`;
    default:
      return reply.kind;
  }
}
