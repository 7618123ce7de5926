import { type AdjustmentId, type CommandOf, mainLocation } from "@holdfast/domain";
import { Outage } from "@holdfast/engine";
import { routes, type Shown, type stockCountRequestSchema, stockCountsSchema } from "@holdfast/http-contract";
import type { Context } from "hono";
import type { z } from "zod";
import { partProblem } from "../answer-problem.ts";
import { answerShown } from "../answer-shown.ts";
import type { App, AppEnv, AppParts } from "../app-parts.ts";
import { adjustmentView } from "../views.ts";
import { claimOf, commandCalls } from "./command-call.ts";

type CountRequest = z.output<typeof stockCountRequestSchema>;
type CountAnswer = Shown<typeof stockCountsSchema>["data"][number];

/** Counts of one request that wait in the engine at a time: those of a long list hold up no shopper. */
const countsAtATime = 50;

export function stockCountCalls(app: App, parts: AppParts): void {
  const { engine, newId } = parts;
  const countOf = ({
    sku,
    locationId = mainLocation,
    counted,
    version,
    note,
    reference,
    acceptShortage,
  }: CountRequest) => ({
    adjustmentId: `adj_${newId()}` as AdjustmentId,
    sku,
    locationId,
    counted,
    ...(version !== undefined && { ifVersion: version }),
    ...(note !== undefined && { note }),
    ...(reference !== undefined && { reference }),
    ...shortageIn({ acceptShortage }),
  });

  commandCalls(app, parts)(routes.countStock, "CountStock", ({ body }) => countOf(body), adjustmentView, ledgerOf);

  app.openapi(routes.countManyStocks, async (c) => {
    const { counts } = c.req.valid("json");
    const key = c.req.valid("header")["idempotency-key"];
    const data: CountAnswer[] = [];
    for (let first = 0; first < counts.length; first += countsAtATime) {
      const some = counts.slice(first, first + countsAtATime);
      const asked = some.map((count, index) => {
        const { claim } = claimOf(c, key, count);
        // No key has a space in it, so no other request has this one.
        const own = claim && { claim: { ...claim, key: `${claim.key} ${first + index}` } };
        return { type: "CountStock", actor: c.get("actor"), ...countOf(count), ...own } as CommandOf<"CountStock">;
      });
      data.push(...(await Promise.all(asked.map((command) => answerTo(c, engine, command)))));
    }
    const [one] = counts;
    return answerShown(c, stockCountsSchema, { data }, 201, { ...(one && { Location: ledgerOf(one) }) });
  });
}

async function answerTo(
  c: Context<AppEnv>,
  engine: AppParts["engine"],
  command: CommandOf<"CountStock">,
): Promise<CountAnswer> {
  const refused = (wrong: Parameters<typeof partProblem>[0]): CountAnswer => {
    const problem = partProblem(wrong, c.get("requestId"));
    return { status: problem.status, replayed: false, problem };
  };
  try {
    const result = await engine.submit(command);
    if (!result.ok) return refused(result.failure);
    const { subject, replayed } = result.value;
    return { status: 201, replayed, count: adjustmentView(subject) };
  } catch (error) {
    // The others may be done by now: what became of them must be said.
    if (error instanceof Outage) return refused(error);
    throw error;
  }
}

/** A request's body with what it says of a shortage as its command has it. */
export function shortageIn<Body extends { readonly acceptShortage?: boolean | undefined }>({
  acceptShortage,
  ...body
}: Body) {
  return { ...body, ...(acceptShortage && { acceptsShortage: true as const }) };
}

/** The ledger, whose newest entry an adjustment is: it has no page of its own. */
export function ledgerOf({ sku }: { readonly sku: string }): string {
  return `/v1/stock-movements?sku=${encodeURIComponent(sku)}`;
}
