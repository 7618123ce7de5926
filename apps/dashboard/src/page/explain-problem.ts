import type { Problem } from "@holdfast/http-contract";

/** Explains a refusal in a sentence. `nameOf` gives the product name of a SKU. */
export function explainProblem(problem: Problem, nameOf: (sku: string) => string): string {
  const { code, title, detail, errors = [] } = problem;
  if (code === "insufficient_stock")
    return [...errors.map((short) => shortfall(short, nameOf)), "Nothing was held."].join(" ");
  const lines = errors.map(({ message, path }) => (path ? `${path}: ${message}` : message));
  return [detail ?? title, ...lines].join(" ");
}

function shortfall(short: NonNullable<Problem["errors"]>[number], nameOf: (sku: string) => string): string {
  const { sku, requested, available, message } = short;
  if (typeof sku !== "string" || typeof requested !== "number" || typeof available !== "number") return `${message}.`;
  const rest =
    available > 0
      ? `Only ${available} of ${nameOf(sku)} can be promised now`
      : `No ${nameOf(sku)} is left to promise now`;
  return `${rest}; ${requested} ${requested === 1 ? "was" : "were"} asked for.`;
}
