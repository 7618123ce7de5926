import type { RepaymentId, ReversalId } from "@holdfast/domain";
import { routes } from "@holdfast/http-contract";
import { z } from "zod";
import { answerPage, readPage } from "../answer-page.ts";
import { answerFailure, answerProblem } from "../answer-problem.ts";
import type { App, AppParts } from "../app-parts.ts";
import { commandCalls } from "./command-call.ts";

const reversalPlace = z.tuple([z.literal("reversal"), z.string()]).transform(([, id]) => id);
const repaymentPlace = z.tuple([z.literal("repayment"), z.string()]).transform(([, id]) => id);

export function reversalCalls(app: App, parts: AppParts): void {
  const { queries, newId } = parts;
  const commandCall = commandCalls(app, parts);
  const newReversal = () => `rev_${newId()}` as ReversalId;

  commandCall(
    routes.cancelSold,
    "ReverseSale",
    ({ param, body: { lines, ...rest } }) => ({
      reversalId: newReversal(),
      orderId: param.id,
      kind: "CANCELLATION" as const,
      ...rest,
      ...(lines && { lines: lines.map((line) => ({ ...line, disposition: "CANCELLED" as const })) }),
    }),
    (reversal) => reversal,
    ({ orderId }) => `/v1/orders/${orderId}/reversals`,
  );
  commandCall(
    routes.returnUnits,
    "ReverseSale",
    ({ param, body }) => ({ reversalId: newReversal(), orderId: param.id, kind: "RETURN" as const, ...body }),
    (reversal) => reversal,
    ({ orderId }) => `/v1/orders/${orderId}/reversals`,
  );
  commandCall(
    routes.recordRepayment,
    "RecordRepayment",
    ({ param, body }) => ({ repaymentId: `rep_${newId()}` as RepaymentId, orderId: param.id, ...body }),
    (repayment) => repayment,
    ({ orderId }) => `/v1/orders/${orderId}/repayments`,
  );

  app.openapi(routes.listReversals, async (c) => {
    const orderId = c.req.valid("param").id;
    const page = await readPage(c.req.valid("query"), {
      place: reversalPlace,
      read: (each) => queries.list("reversals", { orderId }, each),
      placeOf: ({ id }) => ["reversal", id],
    });
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    if ((await queries.order(orderId)) === undefined) return answerFailure(c, { code: "order_not_found", orderId });
    return answerPage(c, routes.listReversals, page, (reversal) => reversal);
  });

  app.openapi(routes.listRepayments, async (c) => {
    const orderId = c.req.valid("param").id;
    const page = await readPage(c.req.valid("query"), {
      place: repaymentPlace,
      read: (each) => queries.list("repayments", { orderId }, each),
      placeOf: ({ id }) => ["repayment", id],
    });
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    if ((await queries.order(orderId)) === undefined) return answerFailure(c, { code: "order_not_found", orderId });
    return answerPage(c, routes.listRepayments, page, (repayment) => repayment);
  });
}
