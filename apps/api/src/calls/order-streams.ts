import { limits } from "@holdfast/domain";
import type { Timers } from "@holdfast/engine";
import { routes } from "@holdfast/http-contract";
import { answerFailure, answerProblem } from "../answer-problem.ts";
import type { App, AppParts } from "../app-parts.ts";
import { OrderFan } from "../feed/order-fan.ts";
import { ReaderSeats } from "../feed/reader-seats.ts";
import { strangerRefusal } from "./shopper-orders.ts";
import { answerHead, answerStream, answerToken } from "./stream-answer.ts";

/** Lets pages follow one order each, and makes the tokens that they do it with. */
export function orderStreamCalls(app: App, parts: AppParts, timers: Timers): void {
  const { queries, logger, metrics, stopping } = parts;
  const fan = new OrderFan({ queries, logger, timers, ...(metrics && { watch: metrics.watchLoop }) });
  const seats = new ReaderSeats(limits.readersPerOrderMax, limits.orderReadersMax);
  stopping?.addEventListener("abort", () => fan.endAll());

  app.openapi(routes.streamOrder, async (c) => {
    const orderId = c.req.valid("param").id;
    // Who made the token has shown that the order is theirs.
    if (c.get("caller").isStorefront && c.get("byStreamToken") !== true) {
      const refusal = await strangerRefusal(c, queries, orderId);
      if (refusal !== undefined) return refusal as ReturnType<typeof answerProblem>;
    }
    const order = await queries.order(orderId);
    if (order === undefined) return answerFailure(c, { code: "order_not_found", orderId });
    if (c.req.method === "HEAD") return answerHead(c);

    const leave = seats.take("stream", orderId);
    if (leave === undefined) return answerProblem(c, "too_many_readers");
    return answerStream(c, fan.stream(order, c.get("pass"), leave).sent, stopping);
  });

  app.openapi(routes.createOrderToken, async (c) => {
    const orderId = c.req.valid("param").id;
    if (c.get("caller").isStorefront) {
      const refusal = await strangerRefusal(c, queries, orderId);
      if (refusal !== undefined) return refusal as ReturnType<typeof answerProblem>;
    } else if ((await queries.order(orderId)) === undefined) {
      return answerFailure(c, { code: "order_not_found", orderId });
    }
    return answerToken(c, `/v1/orders/${orderId}/stream`, await queries.now());
  });
}
