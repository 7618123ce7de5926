import { type AdjustmentId, type CommandOf, mainLocation } from "@holdfast/domain";
import { routes, type stockCountRequestSchema, stockCountsSchema } from "@holdfast/http-contract";
import type { z } from "zod";
import { answerShown } from "../answer-shown.ts";
import type { App, AppParts } from "../app-parts.ts";
import { adjustmentView } from "../views.ts";
import { commandCalls } from "./command-call.ts";
import { answersToEach } from "./stock-batches.ts";

type CountRequest = z.output<typeof stockCountRequestSchema>;

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
    const answers = await answersToEach<CountRequest, CommandOf<"CountStock">>(c, engine, counts, (count) => ({
      type: "CountStock",
      ...countOf(count),
    }));
    const data = answers.map(({ adjustment, ...rest }) => ({ ...rest, ...(adjustment && { count: adjustment }) }));
    const [one] = counts;
    return answerShown(c, stockCountsSchema, { data }, 201, { ...(one && { Location: ledgerOf(one) }) });
  });
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
