import type { Failure, QuantityBreach, Subject } from "@holdfast/domain";
import { type Outage, OutcomeUnknown, Overloaded, RecordUnreadable } from "@holdfast/engine";
import { orderSchema, type Problem, type ProblemCode, present, problemKinds } from "@holdfast/http-contract";
import type { Context, TypedResponse } from "hono";
import { answer } from "./answer.ts";
import type { AppEnv, Refusal } from "./app-parts.ts";
import { orderView } from "./order-view.ts";

/** When to retry a shed, failed or limited request. Long enough for a batch or an election, short for a shopper. */
const retryAfterSeconds = 1;

/** A problem may be the answer of any call: its type fits every list of answers. */
type ProblemAnswer = Response & TypedResponse<never, never, never>;

type Detail = Pick<Problem, "detail" | "errors" | "nextCursor" | "order">;

/** What an RFC 9457 answer says. */
export function problemOf(code: ProblemCode, requestId: string, detail: Detail = {}): Problem {
  const { status, title } = problemKinds[code];
  return { type: `urn:holdfast:problem:${code}`, title, status, code, ...detail, requestId };
}

/** An RFC 9457 answer. The status comes from the code. */
export function answerProblem(c: Context<AppEnv>, code: ProblemCode, detail: Detail = {}): ProblemAnswer {
  const problem = problemOf(code, c.get("requestId"), detail);
  const { status } = problemKinds[code];
  c.set("refusal", { ...c.get("refusal"), code });
  return answer(c, status, JSON.stringify(problem), {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    ...(passes(code, status) && { "Retry-After": String(retryAfterSeconds) }),
    ...(status === 401 && { "WWW-Authenticate": 'Bearer realm="holdfast"' }),
  }) as ProblemAnswer;
}

/** A refusal of the rules, as a problem. */
export function answerFailure(c: Context<AppEnv>, failure: Failure): ProblemAnswer {
  return answerRefusal(c, { failure });
}

/** A refusal of a command, with the order if that has a record of it. `details`: what else is known of each shortfall. */
export function answerRefusal(
  c: Context<AppEnv>,
  { failure, subject }: Refused,
  details: readonly object[] = [],
): ProblemAnswer {
  c.set("refusal", subjectOf(failure));
  const order = subject !== undefined && "payments" in subject && { order: present(orderSchema, orderView(subject)) };
  return answerProblem(c, failure.code, { ...detailOf(failure, details), ...order });
}

interface Refused {
  readonly failure: Failure;
  readonly subject?: Subject;
}

/** The subject of a refusal, for the log. */
function subjectOf(failure: Failure): Omit<Refusal, "code"> {
  if ("orderId" in failure) return { orderId: failure.orderId };
  if ("sku" in failure) return { skus: [failure.sku] };
  if ("skus" in failure) return { skus: failure.skus };
  return "shortfalls" in failure ? { skus: failure.shortfalls.map(({ sku }) => sku) } : {};
}

/** An outage, as a 503 that says what is wrong, and whether anything may have been written. */
export function answerOutage(c: Context<AppEnv>, outage: Outage): ProblemAnswer {
  if (outage instanceof RecordUnreadable) return answerFailure(c, { code: "record_unreadable", ...outage.record });
  return answerProblem(c, ...outageProblem(outage));
}

/** What went wrong with one part of a request, as a problem. */
export function partProblem(wrong: Failure | Outage, requestId: string): Problem {
  if (wrong instanceof RecordUnreadable) return partProblem({ code: "record_unreadable", ...wrong.record }, requestId);
  if (wrong instanceof Error) {
    const [code, detail] = outageProblem(wrong);
    return problemOf(code, requestId, detail);
  }
  return problemOf(wrong.code, requestId, detailOf(wrong));
}

function outageProblem(outage: Outage): [code: ProblemCode, detail: Detail] {
  const detail = { detail: sentenceOf(outage.message) };
  if (outage instanceof OutcomeUnknown) return ["outcome_unknown", detail];
  return [outage instanceof Overloaded ? "overloaded" : "unavailable", detail];
}

function sentenceOf(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

/** Whether it is worth retrying soon. A record that cannot be read stays so until a person has repaired it. */
function passes(code: ProblemCode, status: number): boolean {
  return (status === 503 && code !== "record_unreadable") || status === 429;
}

function quantityWords({ minimumQuantity, maximumQuantity, quantityMultiple }: QuantityBreach): string {
  return [
    ...(minimumQuantity === undefined ? [] : [`at least ${minimumQuantity}`]),
    ...(maximumQuantity === undefined ? [] : [`at most ${maximumQuantity}`]),
    ...(quantityMultiple === undefined ? [] : [`in multiples of ${quantityMultiple}`]),
  ].join(", ");
}

function detailOf(failure: Failure, details: readonly object[] = []): Detail {
  switch (failure.code) {
    case "record_unreadable": {
      const { kind, id, reason } = failure;
      return { errors: [{ message: `${kind} ${id} cannot be read: ${reason}`, kind, id, reason }] };
    }
    case "insufficient_stock":
      return {
        errors: failure.shortfalls.map((short, index) => ({
          message: `${short.requested} of ${short.sku} were asked for, ${short.available} are available`,
          ...short,
          ...details[index],
        })),
      };
    case "product_not_found":
      return { errors: failure.skus.map((sku) => ({ message: `there is no product ${sku}`, sku })) };
    case "product_archived":
      return { errors: failure.skus.map((sku) => ({ message: `${sku} is archived`, sku })) };
    case "location_not_found":
      return { errors: failure.locationIds.map((id) => ({ message: `there is no location ${id}`, locationId: id })) };
    case "location_inactive":
      return { errors: failure.locationIds.map((id) => ({ message: `${id} is not active`, locationId: id })) };
    case "sku_differs_by_case":
      return { errors: [{ message: `there is a product ${failure.sku}`, sku: failure.sku }] };
    case "stock_not_there": {
      const { sku, locationId, requested, available } = failure;
      const message = `${requested} of ${sku} are to go, ${available} are there`;
      return { errors: [{ message, sku, locationId, requested, available }] };
    }
    case "level_changed":
    case "order_changed":
      return { detail: `Its version is ${failure.version}.` };
    case "stock_promised": {
      const { sku, locationId, requested, available } = failure;
      const message = `${requested} of ${sku} are to go, ${available} are not promised`;
      return { errors: [{ message, sku, locationId, requested, available }] };
    }
    case "more_than_sold":
      return {
        errors: failure.excesses.map(({ open, ...excess }) => ({
          message: `${excess.requested} of ${excess.sku} are to go, ${open} are sold and still ${excess.locationId === undefined ? "there" : `at ${excess.locationId}`}`,
          ...excess,
          available: open,
        })),
      };
    case "more_than_shipped":
      return {
        errors: failure.excesses.map(({ open, ...excess }) => ({
          message: `${excess.requested} of ${excess.sku} are to come back, ${open} are outside`,
          ...excess,
          available: open,
        })),
      };
    case "more_than_in_transit":
      return {
        errors: failure.excesses.map(({ open, ...excess }) => ({
          message: `${excess.requested} of ${excess.sku} are to arrive, ${open} are on their way`,
          ...excess,
          available: open,
        })),
      };
    case "more_than_due":
      return { detail: `${failure.requested} would have gone back, ${failure.due} are due.` };
    case "hold_limit_exceeded": {
      const { holder, requested, held, unitsMax } = failure;
      const who = holder === "customer" ? "this customer" : "this API key";
      const message = `${requested} units were asked for, ${who} holds ${held} of at most ${unitsMax}`;
      return { errors: [{ message, holder, requested, held, unitsMax }] };
    }
    case "policies_contradictory":
      return { detail: sentenceOf(failure.contradiction) };
    case "quantity_not_allowed":
      return {
        errors: failure.breaches.map((breach) => ({
          message: `${breach.requested} of ${breach.sku} were asked for, which is sold ${quantityWords(breach)}`,
          ...breach,
        })),
      };
    case "customer_required":
      return { errors: failure.skus.map((sku) => ({ message: `${sku} is sold to named customers only`, sku })) };
    case "purchase_limit_exceeded":
      return {
        errors: failure.excesses.map((excess) => {
          const { sku, requested, purchased, quantityMax } = excess;
          const message = `${requested} of ${sku} were asked for, this customer has ${purchased} of at most ${quantityMax}`;
          return { message, ...excess };
        }),
      };
    case "not_yet_released":
      return {
        errors: failure.unreleased.map(({ sku, releaseAt }) => {
          const at = new Date(releaseAt).toISOString();
          return { message: `${sku} is released at ${at}`, sku, releaseAt: at };
        }),
      };
    case "drift_changed": {
      const { sku, locationId, counted, expected } = failure;
      const counters = ["totalStock", "reservedStock", "committedStock", "unsellableStock", "incomingStock"] as const;
      return {
        errors: counters.flatMap((counter) => {
          const [is, sum] = [counted[counter], expected[counter]];
          if (is === undefined && sum === undefined) return [];
          const figures = { counted: is ?? 0, expected: sum ?? 0 };
          const message = `${counter} is ${figures.counted}, its sources add up to ${figures.expected}`;
          return [{ message, sku, locationId, counter, ...figures }];
        }),
      };
    }
    case "hold_too_long":
      return { detail: `It may last until ${new Date(failure.latest).toISOString()}.` };
    case "order_not_confirmable":
    case "order_already_paid":
    case "order_not_cancellable":
    case "order_not_changeable":
    case "order_not_extendable":
    case "order_not_replaceable":
    case "order_not_fulfillable":
    case "order_not_reversible":
      return { detail: `The order is ${failure.status}.` };
    case "transfer_not_shippable":
    case "transfer_not_in_transit":
    case "transfer_not_cancellable":
      return { detail: `The transfer is ${failure.status}.` };
    case "order_not_reviewable": {
      const { status, decision } = failure;
      return { detail: `The order is ${status}${decision === undefined ? "" : `; its review said ${decision}`}.` };
    }
    case "too_many_payments":
      return { detail: `It has ${failure.paymentsMax}.` };
    case "refund_not_due":
      return { detail: `The payment is ${failure.outcome}.` };
    case "refunded_otherwise":
      return { detail: `It was refunded ${failure.refundReference ?? "without a reference"}.` };
    case "currency_mismatch":
      return { detail: `The lines are priced in ${failure.currencies.join(" and ")}.` };
    default:
      return {};
  }
}
