import type { FulfilmentId } from "@holdfast/domain";
import { routes } from "@holdfast/http-contract";
import { z } from "zod";
import { answerPage, readPage } from "../answer-page.ts";
import { answerFailure, answerProblem } from "../answer-problem.ts";
import type { App, AppParts } from "../app-parts.ts";
import { commandCalls } from "./command-call.ts";

const fulfilmentPlace = z.tuple([z.literal("fulfilment"), z.string()]).transform(([, id]) => id);

export function fulfilmentCalls(app: App, parts: AppParts): void {
  const { queries, newId } = parts;
  const commandCall = commandCalls(app, parts);

  commandCall(
    routes.fulfilOrder,
    "FulfilOrder",
    ({ param, body }) => ({ fulfilmentId: `ful_${newId()}` as FulfilmentId, orderId: param.id, ...body }),
    (fulfilment) => fulfilment,
    ({ orderId }) => `/v1/orders/${orderId}/fulfilments`,
  );

  app.openapi(routes.listFulfilments, async (c) => {
    const orderId = c.req.valid("param").id;
    const page = await readPage(c.req.valid("query"), {
      place: fulfilmentPlace,
      read: (each) => queries.list("fulfilments", { orderId }, each),
      placeOf: ({ id }) => ["fulfilment", id],
    });
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    if ((await queries.order(orderId)) === undefined) return answerFailure(c, { code: "order_not_found", orderId });
    return answerPage(c, routes.listFulfilments, page, (fulfilment) => fulfilment);
  });
}
