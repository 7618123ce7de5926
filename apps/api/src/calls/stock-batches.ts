import type { CommandOf } from "@holdfast/domain";
import { Outage } from "@holdfast/engine";
import type { Context } from "hono";
import { partProblem } from "../answer-problem.ts";
import type { AppEnv, AppParts } from "../app-parts.ts";
import { adjustmentView } from "../views.ts";
import { claimOf } from "./command-call.ts";

/** What people change of stock by the hundred: each such edit is an adjustment. */
type StockEdit = CommandOf<"AdjustStock"> | CommandOf<"CountStock">;

/** What became of one edit of a request. */
interface EditAnswer {
  readonly status: number;
  readonly replayed: boolean;
  readonly adjustment?: ReturnType<typeof adjustmentView>;
  readonly problem?: ReturnType<typeof partProblem>;
}

/** Edits of one request that wait in the engine at a time: those of a long list hold up no shopper. */
const editsAtATime = 50;

/**
 * Does each edit of a request by itself, and answers in the same order. Under one key for all of them each has a claim of its own, so that
 * a request that is sent again does what it has not done.
 */
export async function answersToEach<Item extends object, Edit extends StockEdit>(
  c: Context<AppEnv>,
  engine: AppParts["engine"],
  items: readonly Item[],
  editOf: (item: Item) => Omit<Edit, "actor" | "claim">,
): Promise<EditAnswer[]> {
  const key = c.req.header("idempotency-key");
  const answers: EditAnswer[] = [];
  for (let first = 0; first < items.length; first += editsAtATime) {
    const asked = items.slice(first, first + editsAtATime).map((item, index) => {
      const { claim } = claimOf(c, key, item);
      // No key has a space in it, so no other request has this one.
      const own = claim && { claim: { ...claim, key: `${claim.key} ${first + index}` } };
      return { ...editOf(item), actor: c.get("actor"), ...own } as unknown as StockEdit;
    });
    answers.push(...(await Promise.all(asked.map((edit) => answerTo(c, engine, edit)))));
  }
  return answers;
}

async function answerTo(c: Context<AppEnv>, engine: AppParts["engine"], edit: StockEdit): Promise<EditAnswer> {
  const refused = (wrong: Parameters<typeof partProblem>[0]): EditAnswer => {
    const problem = partProblem(wrong, c.get("requestId"));
    return { status: problem.status, replayed: false, problem };
  };
  try {
    const result = await engine.submit(edit);
    if (!result.ok) return refused(result.failure);
    const { subject, replayed } = result.value;
    return { status: 201, replayed, adjustment: adjustmentView(subject) };
  } catch (error) {
    // The others may be done by now: what became of them must be said.
    if (error instanceof Outage) return refused(error);
    throw error;
  }
}
