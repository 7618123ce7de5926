import { feedPage, type Queries, type Timers } from "@holdfast/engine";
import { eventPageSchema, present, routes } from "@holdfast/http-contract";
import type { Context } from "hono";
import { answer, json } from "../answer.ts";
import { answerProblem } from "../answer-problem.ts";
import type { ShownAnswer } from "../answer-shown.ts";
import type { App, AppEnv, AppParts } from "../app-parts.ts";
import { type FeedBeginning, feedBeginning, feedCursorOf, type NoBeginning, restarted } from "../feed/feed-cursor.ts";
import { FeedFan } from "../feed/feed-fan.ts";
import { placeKey } from "../feed/feed-pages.ts";
import { ReaderSeats } from "../feed/reader-seats.ts";
import { eventView } from "../views.ts";
import { answerHead, answerStream, answerToken } from "./stream-answer.ts";

function refuse(c: Context<AppEnv>, { code, ...detail }: NoBeginning) {
  return answerProblem(c, code, detail);
}

export function eventCalls(app: App, parts: AppParts, timers: Timers): void {
  const { queries, logger, metrics, settings, stopping } = parts;
  const fan = new FeedFan({ queries, logger, timers, ...(metrics && { watch: metrics.watchLoop }) });
  const woken = new SharedWork<string>();
  const seats = new ReaderSeats(settings.feedReadersPerKeyMax);
  metrics?.watchReaders(() => seats.taken);
  stopping?.addEventListener("abort", () => fan.endAll());

  app.openapi(routes.listEvents, async (c) => {
    const { limit, cursor, waitSeconds } = c.req.valid("query");
    const beginning = await feedBeginning(queries, cursor);
    if (!beginning.ok) return refuse(c, beginning.failure);
    const { epoch, from } = beginning.value;
    const body = await listBody(queries, beginning.value, limit);
    if (body.data.length > 0 || waitSeconds === 0 || c.req.method === "HEAD" || stopping?.aborted)
      return listAnswer(answer(c, 200, JSON.stringify(body), json));

    const leave = seats.take("poll", c.get("caller").id);
    if (leave === undefined) return answerProblem(c, "too_many_readers");
    const gone = c.req.raw.signal;
    const pass = c.get("pass");
    const how = await fan.wait({ epoch, from, pass, gone, ms: waitSeconds * 1_000 }).finally(leave);
    if (typeof how === "object") return refuse(c, restarted(how.restarted));
    // The key may have been revoked while it waited. Its holder must not get the new events.
    if (how === "locked out" || (await pass()) === undefined) return answerProblem(c, "unauthorized");
    if (how !== "reached") return listAnswer(answer(c, 200, JSON.stringify(body), json));
    const text = await woken.share(`${placeKey(beginning.value)}/${limit}`, () =>
      listBody(queries, beginning.value, limit).then((list) => JSON.stringify(list)),
    );
    return listAnswer(answer(c, 200, text, json));
  });

  app.openapi(routes.streamEvents, async (c) => {
    // Read before sending anything, so that a database that is away is still a 503.
    const cursor = c.req.valid("header")["last-event-id"] ?? c.req.valid("query").cursor;
    const beginning = await feedBeginning(queries, cursor);
    if (!beginning.ok) return refuse(c, beginning.failure);
    if (c.req.method === "HEAD") return answerHead(c);

    const leave = seats.take("stream", c.get("caller").id);
    if (leave === undefined) return answerProblem(c, "too_many_readers");
    const first = await fan.pages.from(beginning.value).catch((error: unknown) => {
      leave();
      throw error;
    });
    return answerStream(c, fan.stream({ ...beginning.value, first, pass: c.get("pass") }, leave).sent, stopping);
  });

  app.openapi(routes.createFeedToken, async (c) => answerToken(c, routes.streamEvents.path, await queries.now()));
}

function listAnswer(answer: Response): ShownAnswer<typeof eventPageSchema> {
  return answer as ShownAnswer<typeof eventPageSchema>;
}

async function listBody(queries: Pick<Queries, "feed">, { epoch, from }: FeedBeginning, limit: number) {
  const page = await feedPage(queries, { from, limit });
  const nextCursor = feedCursorOf(epoch, page.at(-1)?.next ?? from);
  return present(eventPageSchema, { data: page.map(eventView), nextCursor });
}

/** Does work once for all who ask for it in the same turn of the event loop. */
class SharedWork<Value> {
  readonly #under = new Map<string, Promise<Value>>();

  /** The result of `work`, shared with every other call for the same `key` in this turn. */
  share(key: string, work: () => Promise<Value>): Promise<Value> {
    const known = this.#under.get(key);
    if (known !== undefined) return known;
    const working = work();
    this.#under.set(key, working);
    setImmediate(() => this.#under.delete(key));
    return working;
  }
}
