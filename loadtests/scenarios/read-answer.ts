import type { RefinedResponse, ResponseType } from "k6/http";
import { outcomes } from "./outcomes.ts";
import { allowOutages } from "./settings.ts";
import { type Cart, unitPrice } from "./shop.ts";

type Response = RefinedResponse<ResponseType | undefined>;

/** The parts of an order that a shopper checks. */
export interface Order {
  readonly id: string;
  readonly status: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly total: { readonly amount: number; readonly currency: string };
  readonly reservation: { readonly id: string; readonly status: string; readonly expiresAt: string };
}

/** `open`: an allowed outage left the outcome unknown. `unexpected`: already counted and logged. */
export type Placing =
  | { readonly kind: "placed"; readonly order: Order; readonly replayed: boolean; readonly body: string }
  | { readonly kind: "refused" }
  | { readonly kind: "open" }
  | { readonly kind: "unexpected" };

/** The outcome of placing an order, after checking the answer against the request. */
export function readPlacing(response: Response, cart: Cart): Placing {
  if (isOutage(response)) return { kind: "open" };
  if (response.status === 409) {
    const fault = faultOfProblem(response, "insufficient_stock");
    return fault === undefined ? { kind: "refused" } : unexpected(response, fault);
  }
  if (response.status !== 201) return unexpected(response, "neither 201 nor 409");
  const order = parsed<Order>(response);
  const fault = order === undefined ? "no JSON" : faultOfOrder(order, cart);
  if (order === undefined || fault !== undefined) return unexpected(response, fault ?? "no JSON");
  const replayed = response.headers["Idempotent-Replayed"] === "true";
  if (replayed) outcomes.replayed.add(1);
  return { kind: "placed", order, replayed, body: String(response.body) };
}

/** Whether the order was confirmed or cancelled as requested. */
export function readEnding(
  response: Response,
  asked: Order,
  status: "CONFIRMED" | "CANCELLED",
): "done" | "open" | "unexpected" {
  if (isOutage(response)) return "open";
  const order = parsed<Order>(response);
  const fits = order?.id === asked.id && order.status === status && order.reservation.status === status;
  return response.status === 200 && fits ? "done" : unexpected(response, `not 200 with a ${status} order`).kind;
}

/** Whether an answer is the expected problem. Anything else is counted and logged. */
export function expectProblem(response: Response, status: number, code: string, headers: readonly string[] = []): void {
  if (isOutage(response)) return;
  const missing = headers.find((name) => response.headers[name] === undefined);
  const fault =
    response.status !== status
      ? `not ${status}`
      : missing === undefined
        ? faultOfProblem(response, code)
        : `no ${missing}`;
  if (fault !== undefined) unexpected(response, fault);
}

/** Counts and logs a wrong answer. */
export function unexpected(response: Response, fault: string): { readonly kind: "unexpected" } {
  outcomes.unexpected.add(1);
  const { method, url } = response.request;
  console.error(
    `${method} ${url}: ${fault}: ${response.status} ${response.error} ${String(response.body).slice(0, 400)}`,
  );
  return { kind: "unexpected" };
}

/** A 500 is always a bug. */
function isOutage({ status }: Response): boolean {
  return allowOutages && (status === 0 || status > 500);
}

function faultOfProblem(response: Response, code: string): string | undefined {
  if (response.headers["Content-Type"] !== "application/problem+json") return "not problem+json";
  const problem = parsed<{ code: string; status: number }>(response);
  if (problem?.code !== code) return `the code is not ${code}`;
  return problem.status === response.status ? undefined : "the problem names another status";
}

function faultOfOrder({ status, lines, total, reservation }: Order, cart: Cart): string | undefined {
  if (status !== "PENDING_PAYMENT" || reservation.status !== "ACTIVE") return "not an order with a live reservation";
  const asked = unitsBySku(cart.lines);
  if (JSON.stringify(unitsBySku(lines)) !== JSON.stringify(asked)) return "not the lines that were asked for";
  const amount = asked.reduce((sum, [, units]) => sum + units * unitPrice.amount, 0);
  if (total.amount !== amount || total.currency !== unitPrice.currency) return `the total is not ${amount}`;
  return undefined;
}

function unitsBySku(lines: Cart["lines"]): [string, number][] {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units].sort(([one], [other]) => (one < other ? -1 : 1));
}

function parsed<Shape>(response: Response): Shape | undefined {
  try {
    return JSON.parse(String(response.body)) as Shape;
  } catch {
    return undefined;
  }
}
