import { problemOf } from "@holdfast/api";
import type { ProblemCode } from "@holdfast/http-contract";

/** A problem that the Worker answers in a shop's place. */
export function workerProblem(code: ProblemCode, detail: string): Response {
  const problem = problemOf(code, crypto.randomUUID(), { detail });
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      ...(problem.status === 503 && { "Retry-After": "1" }),
    },
  });
}

/**
 * What to answer where the shop's object threw instead: it was overloaded, was started anew under the request, or cannot start. Only of
 * an overload is it known that the request did not reach it.
 */
export function lostAnswer(request: Request, error: unknown): Response {
  if ((error as { readonly overloaded?: boolean } | undefined)?.overloaded === true) {
    return workerProblem("overloaded", "The shop's object has too many requests waiting.");
  }
  const reads = request.method === "GET" || request.method === "HEAD";
  return workerProblem(reads ? "unavailable" : "outcome_unknown", "The shop's object was interrupted.");
}
