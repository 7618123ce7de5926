import type { CustomerId } from "@holdfast/domain";
import { eraseCustomer } from "@holdfast/engine";
import { erasureSchema, routes } from "@holdfast/http-contract";
import { answerRefusal } from "../answer-problem.ts";
import { answerShown } from "../answer-shown.ts";
import type { App, AppParts } from "../app-parts.ts";

/** Proxies give up on an answer after half a minute, or a whole one. */
const erasingMsMax = 10_000;

export function customerCalls(app: App, { engine, queries }: AppParts): void {
  app.openapi(routes.eraseCustomer, async (c) => {
    const customerId = c.req.valid("param").id;
    // Made up here and nowhere kept beside the id. A time in it, as ids have, would say when the customer asked.
    const pseudonym = `erased-${crypto.randomUUID()}` as CustomerId;
    const began = performance.now();
    const goesOn = () => performance.now() - began < erasingMsMax;
    const result = await eraseCustomer(engine, queries, { actor: c.get("actor"), customerId, pseudonym, goesOn });
    if (!result.ok) return answerRefusal(c, result);
    return answerShown(c, erasureSchema, result.value);
  });
}
